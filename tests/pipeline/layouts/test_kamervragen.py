"""Written questions as ministries label them, with what is odd about some."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.layouts import parse
from pipeline.models import Kind, Parsed
from pipeline.reading import read_document

HEAD = """Vragen van de leden Aa (VVD) en Van der Bee (SP) aan de Minister van Bijen over het tellen van
bijen (ingezonden 3 mei 2024).

Antwoord van Minister Jansen (Bijen en Bloemen), mede namens de Minister van Geld (ontvangen 9 mei 2024).

"""


def parsed(text: str, head: str = HEAD) -> Parsed:
    """A text file with these questions, parsed."""
    return parse(read_document((head + text).encode("utf-8"), "vragen.txt"))


def pairs(text: str) -> list[tuple[tuple[int, ...], str, str]]:
    """Numbers, question and answer of each exchange."""
    return [
        (each.numbers, " ".join(each.question.split()), " ".join(each.answer.split()))
        for each in parsed(text).exchanges
    ]


ODDITIES = {
    "questions moved out of order": (
        "Vraag 1\n\nEen?\n\nVraag 2\n\nTwee?\n\nAntwoord op vraag 2\n\nJa.\n\nVraag 3\n\nDrie?\n\n"
        "Antwoorden op vraag 1 en 3\n\nNee.",
        [((1, 3), "Een? Drie?", "Nee."), ((2,), "Twee?", "Ja.")],
    ),
    "a list in an answer counts on to the next question": (
        "1. Wat is er?\n\nAntwoord:\n\nDit is er:\n\n1. honing;\n\n2. was.\n\n2. En verder?\n\nAntwoord:\n\nNiets.",
        [((1,), "Wat is er?", "Dit is er: 1. honing; 2. was."), ((2,), "En verder?", "Niets.")],
    ),
    "an answer without a label": (
        "Vraag 1\n\nKent u het bericht?\n\nAntwoord 1\n\nJa.\n\nVraag 2\n\nWat vindt u ervan? Zo nee, waarom niet?\n\n"
        "Ik vind er niets van.\n\nDat zeg ik vaker.",
        [((1,), "Kent u het bericht?", "Ja."),
         ((2,), "Wat vindt u ervan? Zo nee, waarom niet?", "Ik vind er niets van. Dat zeg ik vaker.")],
    ),
    "questions first, answers after": (
        "1\n\nKent u het bericht?\n\n2\n\nWat vindt u?\n\n3\n\nEn nu?\n\nAntwoord\n\n1\n\nJa.\n\n2 en 3\n\nNiets.",
        [((1,), "Kent u het bericht?", "Ja."), ((2, 3), "Wat vindt u? En nu?", "Niets.")],
    ),
    "all questions listed, then repeated with their answers": (
        "Vraag 1\n\nEen?\n\nVraag 2\n\nTwee?\n\n"
        "Vraag 1\n\nEen?\n\nAntwoord 1\n\nJa.\n\nVraag 2\n\nTwee?\n\nAntwoord 2\n\nNee.",
        [((1,), "Een?", "Ja."), ((2,), "Twee?", "Nee.")],
    ),
    "questions in parts, answered together": (
        "Vraag 1\n\nEen?\n\nAntwoord 1\n\nJa.\n\nVraag 2a\n\nTwee?\n\nVraag 2b\n\nDrie?\n\n"
        "Antwoord 2a en 2b\n\nNee.",
        [((1,), "Een?", "Ja."), ((2,), "Twee? Drie?", "Nee.")],
    ),
    "parts of a question that are answered apart": (
        "1a. Een?\n\nAntwoord: Ja.\n\n1b. Twee?\n\nAntwoord: Nee.\n\n2. Drie?\n\nAntwoord: Soms.",
        [((1,), "Een?", "Ja."), ((1,), "Twee?", "Nee."), ((2,), "Drie?", "Soms.")],
    ),
    "a further question without a number": (
        "Vraag 1\n\nEen?\n\nAntwoord 1\n\nJa.\n\nVervolgvraag\n\nTwee?\n\nAntwoord\n\nNee.\n\n"
        "Vraag 2\n\nDrie?\n\nVervolgvraag\n\nVier?\n\nAntwoord op vraag 2 en de vervolgvraag\n\nSoms.",
        [((1,), "Een?", "Ja."), ((), "Twee?", "Nee."), ((2,), "Drie? Vier?", "Soms.")],
    ),
    "all questions, then again under one heading with their answers": (
        "Vraag 1\n\nEen?\n\nVraag 2\n\nTwee?\n\nAntwoorden\n\n"
        "Vraag 1\n\nEen?\n\nAntwoord\n\nJa.\n\nVraag 2\n\nTwee?\n\nAntwoord\n\nNee.",
        [((1,), "Een?", "Ja."), ((2,), "Twee?", "Nee.")],
    ),
    "a number that is withdrawn": (
        "1\n\nEen?\n\nAntwoord\n\nJa.\n\n2\n\nVervallen.\n\n3\n\nDrie?\n\nAntwoord\n\nNee.",
        [((1,), "Een?", "Ja."), ((2,), "Vervallen.", ""), ((3,), "Drie?", "Nee.")],
    ),
    "a list in an answer, and numbers with full stops": (
        "1.\n\nEen?\n\nAntwoord:\n\nJa.\n\n2.\n\nTwee?\n\nAntwoord:\n\nDoor:\n\n1. Jan;\n\n2. Piet;\n\n3. Klaas."
        "\n\n3. en 4.\n\nDrie? Vier?\n\nAntwoord op 3. en 4.:\n\nNee.",
        [((1,), "Een?", "Ja."), ((2,), "Twee?", "Door: 1. Jan; 2. Piet; 3. Klaas."),
         ((3, 4), "Drie? Vier?", "Nee.")],
    ),
    "English initials": (
        "Q1. Een?\n\nA1. Ja.\n\nQ2. Twee?\n\nA2. Nee.",
        [((1,), "Een?", "Ja."), ((2,), "Twee?", "Nee.")],
    ),
    "all questions under one heading and all answers under another": (
        "Vragen\n\n1. Een?\n\n2. Twee?\n\nAntwoorden\n\n1. Ja.\n\n2. Nee.",
        [((1,), "Een?", "Ja."), ((2,), "Twee?", "Nee.")],
    ),
    "labels amid a paragraph": (
        "1. Een? Antwoord: Ja.\n\n2. Twee? Antwoord: Nee. Dat is zo.",
        [((1,), "Een?", "Ja."), ((2,), "Twee?", "Nee. Dat is zo.")],
    ),
    "labels that name the member": (
        "Vraag 1 van het lid Aa\n\nEen?\n\nAntwoord op vraag 1 van het lid Aa\n\nJa.\n\n"
        "Vraag 2 van het lid Van der Bee:\n\nTwee?\n\nAntwoord op vraag 2 van het lid Van der Bee:\n\nNee.",
        [((1,), "Een?", "Ja."), ((2,), "Twee?", "Nee.")],
    ),
    "numbers in brackets": (
        "(1) Een?\n\nAntwoord (1): Ja.\n\n(2) Twee?\n\nAntwoord (2): Nee.",
        [((1,), "Een?", "Ja."), ((2,), "Twee?", "Nee.")],
    ),
    "labels of one letter": (
        "V1: Een?\n\nA1: Ja.\n\nV2: Twee?\n\nA2: Nee.",
        [((1,), "Een?", "Ja."), ((2,), "Twee?", "Nee.")],
    ),
    "labels of one letter, answered together": (
        "V1: Een?\n\nV2: Twee?\n\nA1 en A2: Ja.\n\nV3 Drie?\n\nV4 Vier?\n\nA 3-4 Nee.",
        [((1, 2), "Een? Twee?", "Ja."), ((3, 4), "Drie? Vier?", "Nee.")],
    ),
    "labels of one letter, line after line": (
        "V1 Kent u het bericht?\nA1 Ja, dat heb ik gelezen.\nV2 Wat vindt u ervan?\nA2 Niets.",
        [((1,), "Kent u het bericht?", "Ja, dat heb ik gelezen."), ((2,), "Wat vindt u ervan?", "Niets.")],
    ),
    "one letter and no number": (
        "V: Een?\n\nA: Ja.\n\nV: Twee?\n\nV: Drie?\n\nA: Nee.",
        [((), "Een?", "Ja."), ((), "Twee? Drie?", "Nee.")],
    ),
    "lettered parts under an answer of one letter": (
        "1. Een?\n\nA: Ja.\n\n2. Kunt u aangeven:\n\na. hoeveel bijen er zijn;\n\nb. wie ze telt?\n\n"
        "A:\n\na. Er zijn er veel.\n\nb. Niemand.",
        [((1,), "Een?", "Ja."),
         ((2,), "Kunt u aangeven: a. hoeveel bijen er zijn; b. wie ze telt?",
          "a. Er zijn er veel. b. Niemand.")],
    ),
    "letters that count on are no labels": (
        "Vraag 1\n\nEen?\n\nAntwoord 1\n\nEr zijn drie wegen:\n\nA: de lange;\n\nB: de korte;\n\nA: opnieuw de lange.",
        [((1,), "Een?", "Er zijn drie wegen: A: de lange; B: de korte; A: opnieuw de lange.")],
    ),
    "numbers in words": (
        "Vraag één\n\nEen?\n\nAntwoord op vraag één\n\nJa.\n\nVraag twee:\n\nTwee?\n\nVraag drie\n\nDrie?\n\n"
        "Antwoord op de vragen twee en drie:\n\nNee.",
        [((1,), "Een?", "Ja."), ((2, 3), "Twee? Drie?", "Nee.")],
    ),
    "numbers in Roman figures, and a 1 that was read as a letter": (
        "Vraag l\n\nEen?\n\nAntwoord l\n\nJa.\n\nVraag II\n\nTwee?\n\nAntwoord II\n\nNee.",
        [((1,), "Een?", "Ja."), ((2,), "Twee?", "Nee.")],
    ),
    "words cut short": (
        "Vr. 1\n\nEen?\n\nAntw. 1\n\nJa.\n\nVr. 2: Twee?\n\nAntw. op vraag 2: Nee.",
        [((1,), "Een?", "Ja."), ((2,), "Twee?", "Nee.")],
    ),
    "references listed at the end": (
        "Vraag 1\n\nKent u het bericht «Bijen»? 1)\n\nAntwoord 1\n\nJa.\n\nVraag 2\n\nEn dit? 2)\n\n"
        "Antwoord 2\n\nNee.\n\n1) De Klok, 2 mei 2024.\n\n2) Idem, 3 mei 2024.",
        [((1,), "Kent u het bericht «Bijen»?", "Ja."), ((2,), "En dit?", "Nee.")],
    ),
    "references in brackets listed at the end": (
        "Vraag 1\n\nKent u het bericht «Bijen»? (1)\n\nAntwoord 1\n\nJa.\n\n(1) De Klok, 2 mei 2024.",
        [((1,), "Kent u het bericht «Bijen»?", "Ja.")],
    ),
    "numbers before the words": (
        "1. Vraag:\n\nEen?\n\n1. Antwoord:\n\nJa.\n\n2. Vraag: Twee?\n\n2. Antwoord: Nee.",
        [((1,), "Een?", "Ja."), ((2,), "Twee?", "Nee.")],
    ),
    "numbers above the words": (
        "1.\n\nVraag\n\nEen?\n\nAntwoord\n\nJa.\n\n2.\n\nVraag\n\nTwee?\n\nAntwoord\n\nNee.",
        [((1,), "Een?", "Ja."), ((2,), "Twee?", "Nee.")],
    ),
    "labels that name a page or a fractie": (
        "Vraag 1 (blz. 12 en 13)\n\nEen?\n\nAntwoord 1 (blz. 12 en 13)\n\nJa.\n\nVraag 2 [VVD]\n\nTwee?\n\n"
        "Antwoord 2 [VVD]\n\nNee.",
        [((1,), "Een?", "Ja."), ((2,), "Twee?", "Nee.")],
    ),
    "joint question, answers apart": (
        "Vraag 1 en 2\n\nEen?\n\nTwee?\n\nAntwoord 1\n\nJa.\n\nAntwoord 2\n\nNee.",
        [((1,), "Een?", "Ja."), ((2,), "Twee?", "Nee.")],
    ),
    "a sentence that begins like a label": (
        "Vraag 1\n\nEen?\n\nAntwoord 1\n\nAntwoord 3 geeft aan dat dit zo is.\n\nVraag 2 gaat daar ook over.",
        [((1,), "Een?", "Antwoord 3 geeft aan dat dit zo is. Vraag 2 gaat daar ook over.")],
    ),
    "text on the line of its label": (
        "Vraag 1: Kent u het bericht?\n\nAntwoord 1: Ja. Dat ken ik.\n\nVraag 2. Wat nu?\n\nAntwoord 2. Niets.",
        [((1,), "Kent u het bericht?", "Ja. Dat ken ik."), ((2,), "Wat nu?", "Niets.")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("oddity", ODDITIES)
def test_what_belongs_together(oddity: str) -> None:
    text, expected = ODDITIES[oddity]
    assert pairs(text) == expected


def test_who_and_when() -> None:
    document = parsed("Vraag 1\n\nEen?\n\nAntwoord 1\n\nJa.")
    (exchange,) = document.exchanges
    assert document.kind is Kind.KAMERVRAGEN
    assert (exchange.askers, exchange.party) == (("Aa", "Van der Bee"), "VVD, SP")
    assert (exchange.respondent, exchange.ministry) == ("Minister Jansen", "Bijen en Bloemen")
    found = document.metadata
    assert (found.asked_on, found.answered_on) == (date(2024, 5, 3), date(2024, 5, 9))
    assert found.ministers == ("Minister van Bijen",)
    assert found.title.startswith("Vragen van de leden Aa (VVD)")
    assert found.title.endswith("over het tellen van bijen")


def test_each_question_is_asked_by_the_member_whom_its_label_names() -> None:
    found = parsed(
        "Vraag 1 van het lid Aa (VVD)\n\nEen?\n\nAntwoord 1\n\nJa.\n\nVraag 2 van de SP-fractie\n\nTwee?\n\n"
        "Antwoord 2\n\nNee.\n\nVraag 3\n\nDrie?\n\nAntwoord 3\n\nSoms."
    )
    assert [(each.askers, each.party) for each in found.exchanges] == [
        (("Aa",), "VVD"),
        (("Aa", "Van der Bee"), "SP"),
        (("Aa", "Van der Bee"), "VVD, SP"),
    ]


def test_the_questions_of_two_members_in_one_letter() -> None:
    head = (
        "Geachte voorzitter,\n\nHierbij de antwoorden op de vragen van het lid Aa (VVD) en op de vragen van het lid "
        "Bee (SP).\n\nDe minister van Bijen,\n\nJ. Jansen\n\n"
    )
    found = parsed(
        "Vragen van het lid Aa (VVD)\n\nVraag 1\n\nEen?\n\nAntwoord 1\n\nJa.\n\n"
        "Vragen van het lid Bee (SP)\n\nVraag 1\n\nTwee?\n\nAntwoord 1\n\nNee.",
        head,
    )
    assert [(each.askers, each.party, each.question) for each in found.exchanges] == [
        (("Aa",), "VVD", "Een?"),
        (("Bee",), "SP", "Twee?"),
    ]


def test_a_table_of_figures_asks_nothing() -> None:
    page = (
        "<p>Vragen van het lid Aa (VVD) (ingezonden 3 mei 2024)</p><p>Vraag 1</p><p>Een?</p><p>Antwoord 1</p><p>Ja.</p>"
        "<table><tr><td>Vraag</td><td>Aantal</td></tr><tr><td>1</td><td>4</td></tr></table>"
    )
    found = parse(read_document(f"<html><body>{page}</body></html>".encode(), "vragen.html"))
    assert [each.answer for each in found.exchanges] == ["Ja.\n\nVraag | Aantal\n\n1 | 4"]


def test_the_unofficial_number_gives_the_official_id() -> None:
    head = (
        "AH 617\n2024Z 17972\nAntwoord van minister Jansen (Bijen) (ontvangen 20 november 2024)\n\n"
    )
    found = parsed("1. Is dit zo?\n\nAntwoord:\nJa.", head).metadata
    assert (found.official_id, found.case_number) == ("ah-tk-20242025-617", "2024Z17972")


def test_questions_without_answers_say_so() -> None:
    head = HEAD.replace("Antwoord van", "Mededeling van")
    document = parsed(
        "Vraag 1\n\nEen?\n\nVraag 2\n\nTwee? Drie.\n\nMededeling\n\nDit kost meer tijd.", head
    )
    assert [(each.numbers, each.answer) for each in document.exchanges] == [((1,), ""), ((2,), "")]
    assert document.warnings == (
        "mededeling in plaats van antwoorden: Dit kost meer tijd.",
        "vragen 1, 2 zonder antwoord",
    )
    assert [remark.text for remark in document.remarks] == ["Dit kost meer tijd."]


LATER = "De vragen kunnen niet binnen de gebruikelijke termijn worden beantwoord. Ik doe dat zo snel mogelijk."


@pytest.mark.parametrize(
    ("head", "text"),
    [
        (HEAD, f"Vraag 1\n\nEen?\n\nVraag 2\n\nTwee?\n\nAntwoord 1 en 2\n\n{LATER}"),
        (f"{HEAD}Geachte voorzitter,\n\n{LATER}\n\n", "1\n\nEen?\n\n2\n\nTwee?"),
    ],
)
def test_a_message_that_answers_will_come_is_no_answer(head: str, text: str) -> None:
    document = parsed(text, head)
    assert [each.answer for each in document.exchanges if each.answer] == []
    assert document.warnings[0] == f"mededeling in plaats van antwoorden: {LATER}"
    assert [remark.text for remark in document.remarks] == [LATER]


def test_annexes_stand_by_themselves() -> None:
    *_, answer, annex = parsed(
        "Vraag 1\n\nEen?\n\nAntwoord 1\n\nJa. Zie bijlage 1.\n\nBijlage 1: Korven per provincie\n\nDrenthe: 4"
    ).exchanges
    assert answer.answer == "Ja. Zie bijlage 1."
    assert (annex.question, annex.section, annex.answer, annex.askers) == (
        "",
        "Bijlage 1: Korven per provincie",
        "Drenthe: 4",
        (),
    )


def test_each_minister_answers_in_their_own_name() -> None:
    head = (
        "Antwoord van Minister Jansen (Bijen), van Minister Pietersen (Geld) en van Staatssecretaris Klaassen (Honing)"
        " op vragen van het lid Aa (VVD) (ontvangen 9 mei 2024)\n\n"
    )
    found = parsed(
        "Vraag 1\n\nEen?\n\nAntwoord van de Minister van Bijen\n\nJa.\n\nVraag 2\n\nTwee?\n\n"
        "Antwoord van de Minister van Geld op vraag 2\n\nNee.\n\nVraag 3\n\nDrie?\n\n"
        "Antwoord van Staatssecretaris Klaassen\n\nJa.\n\nVraag 4\n\nVier?\n\nAntwoord 4\n\nNee.",
        head,
    )
    assert [(each.respondent, each.ministry) for each in found.exchanges] == [
        ("Minister Jansen", "Bijen"),
        ("Minister Pietersen", "Geld"),
        ("Staatssecretaris Klaassen", "Honing"),
        ("Minister Jansen en Minister Pietersen en Staatssecretaris Klaassen", "Bijen en Geld en Honing"),
    ]  # fmt: skip


def test_who_signs_the_letter_in_front_answers() -> None:
    head = (
        "Geachte voorzitter,\n\nHierbij zend ik u de antwoorden op de vragen van het lid Aa (VVD) over was.\n\n"
        "Hoogachtend,\n\nde minister van Bijen,\n\nJ. Jansen\n\n"
    )
    document = parsed("1.\n\nEen?\n\nAntwoord:\n\nJa.", head)
    (only,) = document.exchanges
    assert (only.respondent, only.ministry, document.metadata.respondent) == (
        "Minister van Bijen",
        "Bijen",
        "Minister van Bijen",
    )


def test_answers_without_labels_where_the_title_says_that_answers_are_given() -> None:
    head = "Antwoorden op vragen van het lid Aa (VVD) over dassen (ingezonden 5 juni 2024)\n\n"
    found = parsed("1 Kent u het bericht?\n\nJa.\n\n2 Wat vindt u ervan?\n\nNiets.", head)
    assert [each.answer for each in found.exchanges] == ["Ja.", "Niets."]


def test_the_askers_explanation_is_a_remark() -> None:
    document = parsed(
        "Vraag 1\n\nEen?\n\nAntwoord 1\n\nJa.\n\nToelichting:\n\nDeze vragen vullen eerdere aan."
    )
    assert [each.answer for each in document.exchanges] == ["Ja."]
    assert [(each.party, each.text) for each in document.remarks] == [
        ("VVD, SP", "Toelichting:\n\nDeze vragen vullen eerdere aan.")
    ]


def test_questions_that_nobody_answered_yet_stay_questions() -> None:
    head = HEAD.partition("Antwoord van")[0]
    document = parsed(
        "Vraag 1\n\nEen? Dat is zo.\n\nKunt u dat toelichten?\n\nVraag 2\n\nTwee.", head
    )
    assert [(each.numbers, each.answer) for each in document.exchanges] == [((1,), ""), ((2,), "")]
    assert document.metadata.answered_on is None
    assert document.warnings == ("vragen 1, 2 zonder antwoord",)


def test_the_title_above_the_first_question_is_no_heading_of_a_member() -> None:
    title = (
        "Vragen van het lid Aa (VVD) aan de Minister van Bijen over honing (ingezonden 3 mei 2024)."
    )
    found = parsed(f"{title}\n\n1\n\nKent u het bericht?\n\n2\n\nEn nu?", head="2024Z18775\n\n")
    assert [(each.party, each.askers, each.section) for each in found.exchanges] == [
        ("VVD", ("Aa",), ""),
        ("VVD", ("Aa",), ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Antwoord van Minister Bee (Bijen) op vragen van het lid Aa over was\n\nVRAAG 1\n\nEen?\n\nANTWOORD\n\nJa.",
        "(ingezonden 6 maart 2023)\n\nVragen van het lid Aa (VVD) aan de Minister van Bijen over was\n\n1\n\nEen?\n\n"
        "Ja.\n\n2\n\nTwee?\n\nNee.",
    ],
)
def test_written_questions_are_told_by_their_heading_and_labels(text: str) -> None:
    assert parsed(text, head="").kind is Kind.KAMERVRAGEN
