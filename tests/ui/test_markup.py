from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from tests.ui.examples import HOSTILE, LONG_WORD, a_document, a_record, an_exchange
from ui import markup
from ui.card import make_card
from ui.dutch import DUTCH


class Reader(HTMLParser):
    """The tags and the text that a browser would make of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def card_html(text: str) -> str:
    record = a_record(an_exchange(question=text, answer=text), a_document(title=text))
    return markup.render("card.html", texts=DUTCH, answer=make_card(record, (), DUTCH), rank=1)


def test_hostile_text_adds_no_tag_and_stays_whole() -> None:
    plain, hostile = Reader(card_html("tekst")), Reader(card_html(HOSTILE))
    assert hostile.tags == plain.tags
    assert hostile.text.count(HOSTILE) == 3  # question, answer and title


def test_word_without_end_stays_whole() -> None:
    text = Reader(card_html(LONG_WORD)).text
    assert text.count("woord") >= 2 * 2_000


@given(st.text(min_size=1, max_size=80).filter(str.strip))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    reader = Reader(markup.render("notice.html", text=text))
    assert reader.tags == ["div", "p"]
    assert "".join(reader.text.split()) == "".join(text.split())


def test_lone_surrogate_can_be_sent() -> None:
    assert "?" in markup.render("notice.html", text="a\ud800b")


def test_line_ends_survive_as_entities() -> None:
    assert "een&#10;   twee" in markup.render("notice.html", text="een\n   twee")


def test_label_disarms_every_sign_of_markdown() -> None:
    assert markup.label("**x** [a](b) :smile: $y$ <b>") == (
        r"\*\*x\*\* \[a\]\(b\) \:smile\: \$y\$ \<b\>"
    )
