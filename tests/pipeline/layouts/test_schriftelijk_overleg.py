"""The three ways in which such a report holds its answers, on fictional ones."""

from __future__ import annotations

from pipeline.layouts import parse
from pipeline.models import Kind, Parsed
from pipeline.reading import read_document

OPENING = """99 123 Vuurtorenbeleid

Nr. 17 VERSLAG VAN EEN SCHRIFTELIJK OVERLEG

Vastgesteld 4 juni 2024

De vaste commissie voor Kust en Zee heeft een aantal vragen en opmerkingen voorgelegd aan de \
Minister en de Staatssecretaris van Kustbeheer over de brief over vuurtorens (Kamerstuk 99 123, nr. 16).

De vragen en opmerkingen zijn op 6 mei 2024 aan de Minister voorgelegd. Bij brief van 31 mei 2024 \
zijn de vragen beantwoord.

De voorzitter van de commissie, Van Zand

"""
CLOSING = """

III Volledige agenda

De brief van de Minister van Kustbeheer, Kamerstuk 99 123, nr. 16.
"""
BETWEEN = (
    OPENING
    + """I Vragen en opmerkingen vanuit de fracties

Vragen en opmerkingen van de leden van de Middenbond-fractie

De leden van de Middenbond-fractie hebben met belangstelling kennisgenomen van de brief.

Onderhoud

De leden van de Middenbond-fractie vragen hoeveel vuurtorens jaarlijks worden geverfd.

Antwoord

Jaarlijks worden vier torens geverfd.

Dat gebeurt in het voorjaar.

Kan de Minister toelichten waarom dat er zo weinig zijn?

Antwoord

Er zijn te weinig schilders.

Vragen en opmerkingen van het lid van de Vrij Water-fractie

Het lid van de Vrij Water-fractie vraagt of de lampen al elektrisch zijn.

Antwoord

Ja, zie verder het antwoord op vraag 1.

Het lid van de Vrij Water-fractie merkt tot slot op dat vissers de torens waarderen.
"""
    + CLOSING
)
APART = (
    OPENING
    + """Inhoudsopgave

I Vragen en opmerkingen vanuit de fracties 2

II Antwoord / Reactie van de Minister 5

I Vragen en opmerkingen vanuit de fracties

Vragen en opmerkingen van de leden van de Middenbond-fractie

De leden van de Middenbond-fractie vragen wie het licht aansteekt.

Vragen en opmerkingen van de leden van de Stadslijst-fractie

De leden van de Stadslijst-fractie vragen wat een lamp kost.

II Antwoord / Reactie van de Minister

Vragen en opmerkingen van de leden van de Middenbond-fractie

De lichtwachter steekt het licht aan.

Vragen en opmerkingen van de leden van de Stadslijst-fractie

Een lamp kost honderd euro.
"""
    + CLOSING
)
NUMBERED_APART = (
    OPENING
    + """I Vragen en opmerkingen vanuit de fracties

Vragen en opmerkingen van de leden van de Middenbond-fractie

1. De leden van de Middenbond-fractie vragen wie het licht aansteekt.

2. Deze leden vragen ook wie het dooft.

Vragen en opmerkingen van de leden van de Stadslijst-fractie

3. De leden van de Stadslijst-fractie vragen wat een lamp kost.

II Antwoord / Reactie van de Minister

Antwoord op vraag 1 en 2

De lichtwachter doet beide.

Antwoord op vraag 3

Een lamp kost honderd euro.
"""
    + CLOSING
)
UNLABELLED = OPENING + """Vragen en opmerkingen vanuit de fracties en reactie van de bewindspersonen

Vragen en opmerkingen van de leden van de Middenbond-fractie en reactie van de bewindspersonen

De leden van de Middenbond-fractie vragen wie het licht aansteekt en wat dat kost.

Ik heb de lichtwachter gevraagd dat te doen. Het kost honderd euro.

Voorts vragen deze leden of de Minister bereid is de toren te openen. Zo nee, waarom niet?

Het ministerie onderzoekt of de toren open kan. Ik informeer uw Kamer daarover in het najaar.
""" + CLOSING  # fmt: skip

LETTERS = """99 124 Duinbeheer

AO VERSLAG VAN EEN SCHRIFTELIJK OVERLEG

Vastgesteld 27 september 2024

BRIEF VAN DE VOORZITTER VAN DE VASTE COMMISSIE VOOR DUINEN

Aan de Minister voor Duinen

De leden van de vaste commissie voor Duinen hebben kennisgenomen van uw brief.

1. Kan de regering aangeven hoe hoog de duinen zijn?

2. Kan de regering aangeven wie ze meet?

BRIEF VAN DE MINISTER VOOR DUINEN

Aan de Voorzitter van de Eerste Kamer der Staten-Generaal

Hierbij bied ik u de antwoorden aan.

1. Kan de regering aangeven hoe hoog de duinen zijn?

Antwoord

De duinen zijn tien meter hoog.

2. Kan de regering aangeven wie ze meet?

Antwoord

De waterschappen meten ze.
"""


def parsed(text: str) -> Parsed:
    return parse(read_document(text.encode(), "overleg.txt"))


def pairs(text: str) -> list[tuple[str, str, str]]:
    return [(each.party, each.question, each.answer) for each in parsed(text).exchanges]


def test_answers_between_the_questions() -> None:
    assert pairs(BETWEEN) == [
        (
            "Middenbond",
            "De leden van de Middenbond-fractie hebben met belangstelling kennisgenomen van de brief."
            "\n\nDe leden van de Middenbond-fractie vragen hoeveel vuurtorens jaarlijks worden geverfd.",
            "Jaarlijks worden vier torens geverfd.\n\nDat gebeurt in het voorjaar.",
        ),
        (
            "Middenbond",
            "Kan de Minister toelichten waarom dat er zo weinig zijn?",
            "Er zijn te weinig schilders.",
        ),
        (
            "Vrij Water",
            "Het lid van de Vrij Water-fractie vraagt of de lampen al elektrisch zijn.",
            "Ja, zie verder het antwoord op vraag 1.",
        ),
    ]


def test_a_table_at_the_end_of_an_answer_is_no_heading() -> None:
    rows = ("Toren | Hoogte", "Noord | 12"), ("Hieronder staat het:", "Noord 12", "Zuid 14")
    for table in rows:
        text = BETWEEN.replace("Dat gebeurt in het voorjaar.", "\n\n".join(table))
        assert parsed(text).exchanges[0].answer == "\n\n".join(
            ("Jaarlijks worden vier torens geverfd.", *table)
        )


def test_an_answer_in_the_paragraph_of_its_question() -> None:
    heading = "Vragen en opmerkingen van de leden van de {}-fractie"
    text = OPENING + "\n\n".join((
        heading.format("VVD"), "De leden van de VVD-fractie vragen wie verft. Het kabinet laat dat een schilder doen.",
        heading.format("SP"), "De leden van de SP-fractie vragen wat dat kost. Dat kost niets.",
    ))  # fmt: skip
    assert pairs(text) == [
        ("VVD", "De leden van de VVD-fractie vragen wie verft.", "Het kabinet laat dat een schilder doen."),
        ("SP", "De leden van de SP-fractie vragen wat dat kost.", "Dat kost niets."),
    ]  # fmt: skip


def test_a_wish_after_the_last_answer_is_a_remark() -> None:
    text = BETWEEN.replace(
        "merkt tot slot op dat vissers de torens waarderen", "wenst vissers succes"
    )
    text = text.replace(
        "Het lid van de Vrij Water-fractie wenst",
        "Overig\n\nHet lid van de Vrij Water-fractie wenst",
    )
    found = parsed(text)
    assert found.exchanges[-1].answer == "Ja, zie verder het antwoord op vraag 1."
    assert found.remarks[-1].text.endswith("wenst vissers succes.")


def test_topics_and_remarks() -> None:
    found = parsed(BETWEEN)
    assert [each.section for each in found.exchanges] == ["Onderhoud", "Onderhoud", ""]
    assert [(each.party, "vissers" in each.text) for each in found.remarks] == [
        ("Vrij Water", True)
    ]


def test_answers_without_numbers_are_named_by_their_place() -> None:
    assert [each.key for each in parsed(BETWEEN).exchanges] == ["n1", "n2", "n3"]


def test_answers_in_a_part_of_their_own_are_paired_by_fractie() -> None:
    assert pairs(APART) == [
        (
            "Middenbond",
            "De leden van de Middenbond-fractie vragen wie het licht aansteekt.",
            "De lichtwachter steekt het licht aan.",
        ),
        (
            "Stadslijst",
            "De leden van de Stadslijst-fractie vragen wat een lamp kost.",
            "Een lamp kost honderd euro.",
        ),
    ]


def test_answers_in_a_part_of_their_own_are_paired_by_number() -> None:
    found = parsed(NUMBERED_APART)
    assert [each.numbers for each in found.exchanges] == [(1, 2), (3,)]
    assert [each.party for each in found.exchanges] == ["Middenbond", "Stadslijst"]
    assert found.exchanges[0].question.endswith("vragen ook wie het dooft.")
    assert found.exchanges[1].answer == "Een lamp kost honderd euro."
    assert found.remarks == ()


def test_answers_without_labels_are_told_by_their_voice() -> None:
    assert [(q[:8], a[:8]) for _, q, a in pairs(UNLABELLED)] == [
        ("De leden", "Ik heb d"),
        ("Voorts v", "Het mini"),
    ]


def test_the_two_letters_of_the_eerste_kamer() -> None:
    found = parsed(LETTERS)
    assert found.kind is Kind.SCHRIFTELIJK_OVERLEG
    assert found.id == "kst-99124-ao"
    assert [(each.numbers, each.question[:8], each.answer) for each in found.exchanges] == [
        ((1,), "Kan de r", "De duinen zijn tien meter hoog."),
        ((2,), "Kan de r", "De waterschappen meten ze."),
    ]


def test_a_further_consultation_of_the_eerste_kamer() -> None:
    title = "VERSLAG VAN EEN SCHRIFTELIJK OVERLEG"
    text = LETTERS.replace(title, title.replace("EEN", "EEN NADER"))
    party = "Vragen van de leden van de fractie van de PvdD, waarbij de leden van de fractie van OPNL zich aansluiten"
    text = text.replace("1. Kan", f"{party}\n\n1. Kan")
    found = parsed(text)
    assert (found.kind, found.id) == (Kind.SCHRIFTELIJK_OVERLEG, "kst-99124-ao")
    assert [(each.party, each.answer) for each in found.exchanges] == [
        ("PvdD", "De duinen zijn tien meter hoog."),
        ("PvdD", "De waterschappen meten ze."),
    ]


def test_other_headings_and_a_named_respondent() -> None:
    text = BETWEEN.replace(
        "van de leden van de Middenbond-fractie\n", "van de leden van de fractie van Middenbond\n"
    )
    text = text.replace(
        "opmerkingen van het lid van de Vrij Water-fractie", "opmerkingen van het lid Van der Berg"
    )
    text = text.replace("Antwoord\n", "Antwoord van de Staatssecretaris:\n")
    found = parsed(text).exchanges
    assert [(each.party, each.askers) for each in found] == [
        ("Middenbond", ()),
        ("Middenbond", ()),
        ("", ("Van der Berg",)),
    ]
    assert {each.respondent for each in found} == {"staatssecretaris van Kustbeheer"}


def test_heading() -> None:
    found = parsed(BETWEEN)
    assert found.kind is Kind.SCHRIFTELIJK_OVERLEG
    assert found.id == "kst-99123-17"
    assert (
        found.metadata.title == "Verslag van een schriftelijk overleg over de brief over vuurtorens"
    )
    assert found.metadata.committee == "vaste commissie voor Kust en Zee"
    assert found.metadata.ministers == (
        "minister van Kustbeheer",
        "staatssecretaris van Kustbeheer",
    )
    dates = (found.metadata.asked_on, found.metadata.answered_on, found.metadata.adopted_on)
    assert [str(day) for day in dates] == ["2024-05-06", "2024-05-31", "2024-06-04"]


def test_a_report_without_answers_says_so() -> None:
    text = (
        OPENING + "Vragen en opmerkingen van de leden van de Middenbond-fractie\n\nDe leden vragen."
    )
    found = parsed(text)
    assert found.exchanges == ()
    assert any("geen antwoorden" in warning for warning in found.warnings)


LETTER = """Geachte voorzitter,

Hierbij stuur ik u de antwoorden op de vragen van uw commissie over de vuurtorens.

{told}

Hoogachtend,

De Minister van Kustbeheer,

P. Duin

"""
TOLD = "Sinds mijn brief zijn er drie torens gesloopt. Ik heb besloten de overige te laten verven."


def test_what_the_letter_in_front_tells_stands_by_itself() -> None:
    text = BETWEEN.replace(OPENING, OPENING + LETTER.format(told=TOLD))
    told, *others = parse(read_document(text.encode(), "verslag.txt")).exchanges
    assert (told.question, told.party) == ("", "")
    assert told.answer.endswith(TOLD)
    assert [each.answer for each in others] == [
        each.answer for each in parse(read_document(BETWEEN.encode(), "verslag.txt")).exchanges
    ]


def test_a_letter_that_only_sends_the_answers_is_none() -> None:
    text = BETWEEN.replace(
        OPENING, OPENING + LETTER.format(told="Ik dank de leden voor hun vragen.")
    )
    found = parse(read_document(text.encode(), "verslag.txt"))
    assert all(each.question for each in found.exchanges)
    assert "Ik dank de leden voor hun vragen." in found.remarks[0].text


def test_a_numbered_reply_is_no_list_of_references() -> None:
    text = (
        OPENING + "I Vragen en opmerkingen vanuit de fracties\n\n"
        "Vragen en opmerkingen van de leden van de Stadslijst-fractie\n\n"
        "De leden van de Stadslijst-fractie vragen wie het licht aansteekt (vraag 1). "
        "Zij vragen wie het dooft (vraag 2).\n\n"
        "II Antwoord / Reactie van de Minister\n\nAntwoord op de vragen van de leden van de Stadslijst-fractie\n\n"
        "1. Dat doet de lichtwachter.\n\n2. Dat doet de zon." + CLOSING
    )
    (only,) = parse(read_document(text.encode(), "verslag.txt")).exchanges
    assert only.question.endswith("(vraag 1). Zij vragen wie het dooft (vraag 2).")
    assert "lichtwachter" in only.answer
    assert "zon" in only.answer


def test_numbers_on_lines_of_their_own_are_those_of_the_questions() -> None:
    text = (
        OPENING
        + "Vragen en opmerkingen van de leden van de Middenbond-fractie\n\n1\n\nDe leden vragen wie verft.\n\n"
        "Antwoord\n\nDe schilder.\n\n2\n\nZij vragen wat dat kost.\n\nAntwoord\n\nNiets." + CLOSING
    )
    found = parse(read_document(text.encode(), "verslag.txt")).exchanges
    assert [(each.numbers, each.question, each.answer, each.section) for each in found] == [
        ((1,), "De leden vragen wie verft.", "De schilder.", ""),
        ((2,), "Zij vragen wat dat kost.", "Niets.", ""),
    ]


def test_a_reply_that_stands_alone_is_parted_by_who_speaks() -> None:
    text = (
        OPENING
        + "II Antwoord / Reactie van de Minister\n\nVragen van de leden van de Middenbond-fractie\n\n"
        "De leden van de Middenbond-fractie vragen hoeveel torens er zijn.\n\nHet kabinet telt er zeven.\n\n"
        "De leden van de Middenbond-fractie vragen wat dat kost.\n\nDat kost niets." + CLOSING
    )
    found = parse(read_document(text.encode(), "verslag.txt")).exchanges
    assert [(each.party, each.answer) for each in found] == [
        ("Middenbond", "Het kabinet telt er zeven."),
        ("Middenbond", "Dat kost niets."),
    ]
