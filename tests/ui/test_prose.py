from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models import Citation, Footnote
from tests.ui.examples import a_paragraph
from ui import prose
from ui.prose import Note, Run

KST = Citation("Kamerstuk 31 710, nr. 4", "kst-31710-4", "https://example.org/kst")


def text_of(pieces: tuple[Run | Note, ...]) -> str:
    return "".join(piece.text for piece in pieces if isinstance(piece, Run))


def test_citation_becomes_a_link_and_the_rest_stays_text() -> None:
    [block] = prose.blocks([a_paragraph("Zie Kamerstuk 31 710, nr. 4 hierover.")], [KST])
    assert block.pieces == (
        Run("Zie "),
        Run("Kamerstuk 31 710, nr. 4", "https://example.org/kst"),
        Run(" hierover."),
    )


def test_note_stands_where_its_marker_stood_and_has_links_too() -> None:
    note = Footnote("3", "Kamerstuk 31 710, nr. 4, blz. 2.", 7)
    [block] = prose.blocks([a_paragraph("Dijken zijn hoog.", note)], [KST])
    assert block.pieces == (
        Run("Dijken "),
        Note("3", (Run("Kamerstuk 31 710, nr. 4", KST.url), Run(", blz. 2."))),
        Run("zijn hoog."),
    )


def test_note_at_the_end_comes_after_the_text() -> None:
    [block] = prose.blocks([a_paragraph("Hoog.", Footnote("1", "Zie daar.", 5))])
    assert block.pieces == (Run("Hoog."), Note("1", (Run("Zie daar."),)))


def test_sentence_that_met_the_question_is_marked_and_keeps_its_link() -> None:
    text = "Eerst dit. Zie Kamerstuk 31 710, nr. 4. Dan dat."
    [block] = prose.blocks([a_paragraph(text)], [KST], frozenset({"Zie Kamerstuk 31 710, nr. 4."}))
    marked = [piece for piece in block.pieces if isinstance(piece, Run) and piece.marked]
    assert "".join(run.text for run in marked) == "Zie Kamerstuk 31 710, nr. 4."
    assert any(run.url for run in marked)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//elders", "http:", "https://[", ""]
)
def test_only_web_addresses_become_links(url: str) -> None:
    [block] = prose.blocks(
        [a_paragraph("Zie Kamerstuk 31 710, nr. 4.")], [Citation(KST.text, KST.target, url)]
    )
    assert block.pieces == (Run("Zie Kamerstuk 31 710, nr. 4."),)


def test_citation_that_is_written_otherwise_in_the_text_is_listed() -> None:
    note = Footnote("1", "Kamerstuk 31 710, nr. 4.", 3)
    other = replace(KST, text="Kamerstuk 36 600, nr. 2")
    assert prose.unplaced([KST, other], [a_paragraph("Zie dit.", note)]) == [other]


def test_long_answer_is_folded_at_the_end_of_a_sentence() -> None:
    sentence = "De dijken worden opgehoogd met zand uit de zee. "
    shown, folded = prose.fold([a_paragraph(sentence * 60)])
    assert shown[0].text.endswith("uit de zee.")
    assert len(shown[0].text) <= prose.FOLD_AFTER
    assert shown[0].text + " " + folded[0].text == (sentence * 60).strip()


def test_abbreviation_before_a_lower_case_letter_is_no_end() -> None:
    text = "X" * 850 + " Kamerstuk nr. 4 en art. 5 en " + "y" * 900
    shown, _ = prose.fold([a_paragraph("Kort. " + text)])
    assert shown[0].text == "Kort."


def test_answer_just_over_the_limit_is_shown_whole() -> None:
    text = "Zand is goed. " * (prose.FOLD_AFTER // 14 + 5)
    assert prose.fold([a_paragraph(text)]) == ([a_paragraph(text)], [])


paragraphs = st.lists(
    st.text(max_size=700).map(str.strip).filter(bool).map(lambda text: a_paragraph(text)),
    max_size=8,
)


@given(paragraphs)
def test_fold_loses_no_word(given_paragraphs: list) -> None:  # type: ignore[type-arg]
    shown, folded = prose.fold(given_paragraphs)
    words = " ".join(p.text for p in given_paragraphs)
    assert "".join(words.split()) == "".join("".join(p.text.split()) for p in [*shown, *folded])


@given(st.text(max_size=200), st.integers(0, 250), st.text(min_size=1, max_size=5))
def test_pieces_hold_just_the_text(text: str, offset: int, cited: str) -> None:
    paragraph = a_paragraph(text, Footnote("1", "noot", offset))
    citation = Citation(cited, "", "https://example.org")
    [block] = prose.blocks([paragraph], [citation], frozenset({cited[:2]}))
    assert text_of(block.pieces) == text
    assert sum(isinstance(piece, Note) for piece in block.pieces) == 1
