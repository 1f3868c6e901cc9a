from __future__ import annotations

import re

import pytest

from pipeline.layouts import find_exchanges, parse
from pipeline.models import Document, Kind, Parsed
from pipeline.reading import read_document
from tests.pipeline.typesetting import SetLine, plain_lines, typeset_pages
from tests.shared import CONSULTATION, needs_shared

pytestmark = needs_shared()

# Read in the file by eye: number, fractie, the lines on which the questions begin, the label stands
# and the answer ends (counted from 1), and the answers it points to.
EXCHANGES: tuple[tuple[int, str, int, int, int, tuple[int, ...]], ...] = (
    (1, "GroenLinks-PvdA", 19, 39, 51, ()),
    (2, "GroenLinks-PvdA", 53, 62, 78, ()),
    (3, "GroenLinks-PvdA", 80, 88, 107, ()),
    (4, "GroenLinks-PvdA", 109, 116, 146, ()),
    (5, "VVD", 150, 157, 177, ()),
    (6, "VVD", 179, 187, 202, ()),
    (7, "VVD", 204, 217, 244, ()),
    (8, "VVD", 246, 254, 265, ()),
    (9, "NSC", 269, 282, 287, ()),
    (10, "NSC", 289, 296, 317, ()),
    (11, "NSC", 321, 326, 372, ()),
    (12, "NSC", 374, 381, 411, ()),
    (13, "NSC", 413, 426, 453, ()),
    (14, "NSC", 455, 461, 481, ()),
    (15, "D66", 485, 501, 504, ()),
    (16, "D66", 506, 519, 559, ()),
    (17, "D66", 561, 574, 576, (1, 2)),
    (18, "D66", 578, 587, 591, ()),
    (19, "D66", 593, 601, 646, ()),
    (20, "BBB", 651, 690, 701, ()),
    (21, "CDA", 737, 749, 760, ()),
    (22, "CDA", 762, 773, 787, ()),
    (23, "CDA", 789, 794, 822, ()),
    (24, "CDA", 824, 829, 831, (19,)),
    (25, "SGP", 835, 844, 850, ()),
    (26, "SGP", 851, 854, 860, ()),
    (27, "SGP", 862, 869, 882, ()),
    (28, "SGP", 884, 894, 903, ()),
    (29, "SGP", 905, 914, 929, ()),
    (30, "SGP", 931, 945, 958, ()),
    (31, "SGP", 960, 976, 988, ()),
    (32, "SGP", 990, 997, 1005, ()),
    (33, "SGP", 1007, 1020, 1027, (1, 2)),
    (34, "ChristenUnie", 1030, 1043, 1051, ()),
    (35, "ChristenUnie", 1053, 1058, 1060, (1, 2)),
    (36, "ChristenUnie", 1062, 1068, 1078, ()),
    (37, "ChristenUnie", 1080, 1083, 1090, ()),
    (38, "ChristenUnie", 1092, 1095, 1114, ()),
    (39, "ChristenUnie", 1116, 1125, 1151, ()),
    (40, "ChristenUnie", 1153, 1160, 1176, ()),
    (41, "ChristenUnie", 1178, 1184, 1195, ()),
)
# Lines that belong to no question or answer: notes, a page number, a marking, headings.
NOTES = (
    (70, 71), (118, 118), (159, 162), (209, 209), (256, 257), (298, 299), (340, 342), (424, 425),
    (471, 471), (515, 515), (568, 568), (614, 615), (665, 667), (804, 806), (939, 940),
    (1070, 1073), (1119, 1121), (1168, 1168), (1204, 1204),
)  # fmt: skip
FURNITURE = (617, 1074)
HEADINGS = (273, 319, 741)
NOTES_OF = {
    1: "1 2",
    2: "3",
    4: "4 5 6",
    6: "7",
    10: "11 12 13",
    19: "21 22 23",
    36: "30 31",
    41: "35",
}
CITED_BY = {
    1: ["kst-36471-96", "kst-36600-XVII-53"],
    6: ["kst-36410-V-48", ""],
    10: ["kst-30821-202", "", "kst-30821-231"],
    13: [""],
    29: ["", "kst-35207-81"],
    38: ["kst-21501-02-2241"],
}


def source_lines() -> list[str]:
    return CONSULTATION.read_text(encoding="utf-8").split("\n")


def as_text() -> Document:
    return read_document(CONSULTATION.read_bytes(), CONSULTATION.name)


def as_printed() -> Document:
    """The file as a PDF whose pages end below their notes, the notes in small type."""
    pages: list[list[SetLine]] = [[]]
    small = {line for first, last in NOTES for line in range(first, last + 1)}
    for number, text in enumerate(source_lines(), 1):
        pages[-1].append(SetLine(text.strip(), 6 if number in small else 9))
        if number in small and number + 1 not in small | set(FURNITURE):
            pages.append([])
    return read_document(typeset_pages(pages), CONSULTATION.with_suffix(".pdf").name)


def as_reflowed() -> Document:
    """The file as a PDF of 50 lines a page in one size of type, so that notes stand mid-page."""
    lines = plain_lines("\n".join(source_lines()))
    pages = [lines[at : at + 50] for at in range(0, len(lines), 50)]
    return read_document(typeset_pages(pages), CONSULTATION.with_suffix(".pdf").name)


@pytest.fixture(scope="module", params=[as_text, as_printed, as_reflowed])
def parsed(request: pytest.FixtureRequest) -> Parsed:
    return parse(request.param())


def letters(text: str) -> str:
    """What must come out letter for letter: neither blanks, hyphens nor marker digits count."""
    return re.sub(r"[\W\d_]", "", text)


def source_letters(first: int, last: int) -> str:
    """The letters of the lines from `first` to `last` that are question or answer."""
    left_out = {line for a, b in NOTES for line in range(a, b + 1)} | {*HEADINGS, *FURNITURE}
    lines = source_lines()
    return letters("".join(lines[at - 1] for at in range(first, last + 1) if at not in left_out))


def test_its_kind_is_told_with_a_reason(parsed: Parsed) -> None:
    assert parsed.kind is Kind.SCHRIFTELIJK_OVERLEG
    assert "kop van een fractie" in parsed.evidence


def test_all_exchanges_with_number_fractie_and_pointers(parsed: Parsed) -> None:
    found = [(each.numbers, each.party, each.refers_to) for each in parsed.exchanges]
    assert found == [((number,), party, refers) for number, party, *_, refers in EXCHANGES]
    assert [each.key for each in parsed.exchanges] == [str(row[0]) for row in EXCHANGES]
    assert {each.respondent for each in parsed.exchanges} == {"kabinet"}


def test_every_question_and_answer_letter_for_letter(parsed: Parsed) -> None:
    for row, exchange in zip(EXCHANGES, parsed.exchanges, strict=True):
        number, _, begin, label, end, _ = row
        assert letters(exchange.question) == source_letters(begin, label - 1), number
        assert letters(exchange.answer) == source_letters(label + 1, end), number


def test_notes_are_at_their_answers(parsed: Parsed) -> None:
    by_number = {each.numbers[0]: each for each in parsed.exchanges}
    for number, labels in NOTES_OF.items():
        assert " ".join(note.label for note in by_number[number].footnotes) == labels
    assert sum(len(each.footnotes) for each in parsed.exchanges) == 35
    (note,) = by_number[6].footnotes
    (answer,) = by_number[6].answer_paragraphs
    assert answer.text[: note.offset].endswith(" Veldkamp,")


def test_citations_are_linked_when_well_formed(parsed: Parsed) -> None:
    by_number = {each.numbers[0]: each for each in parsed.exchanges}
    for number, targets in CITED_BY.items():
        assert [each.target for each in by_number[number].citations] == targets


def test_topics_are_sections(parsed: Parsed) -> None:
    sections = {each.numbers[0]: each.section.rstrip(":") for each in parsed.exchanges}
    lines = source_lines()
    assert sections[8] == sections[15] == sections[25] == ""
    assert letters(sections[9]) == letters(lines[272])
    assert letters(sections[11]) == letters(sections[14]) == letters(lines[318])
    assert sections[21] == sections[24] == lines[740].strip()


def test_what_nobody_answers_is_a_remark(parsed: Parsed) -> None:
    (remark,) = parsed.remarks
    assert remark.party == "BBB"
    assert letters(remark.text) == source_letters(703, 733)


def test_metadata_is_what_the_file_says(parsed: Parsed) -> None:
    metadata = parsed.metadata
    assert metadata.committee == "vaste commissie voor Buitenlandse Zaken"
    assert metadata.ministers == (
        "minister van Buitenlandse Zaken",
        "minister van Justitie en Veiligheid",
        "minister van Defensie",
    )
    assert metadata.title.endswith("«Nederland in een fragmenterende wereldorde»")
    assert metadata.dossier == "30821"
    assert str(metadata.asked_on) == "2025-03-21"
    assert metadata.answered_on is None
    assert metadata.adopted_on is None
    assert parsed.id == CONSULTATION.stem


def test_pages_of_a_printed_answer() -> None:
    exchanges = find_exchanges(as_printed())
    assert exchanges[0].pages == (1, 1)
    assert exchanges[1].pages == (1, 2)
    assert exchanges[-1].pages == (18, 18)
