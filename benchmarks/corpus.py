"""Fictional parliamentary prose of any amount, the same at every run.

The sentences have the lengths and words of real answers but say nothing; they are made to be
embedded and searched, not read.
"""

from __future__ import annotations

import random

SUBJECTS = (
    "het kabinet|de regering|de Minister van Waterstaat|de Staatssecretaris van Onderwijs|de gemeente"
    "|de provincie|het waterschap|de inspectie|de sociaal-economische raad|een meerderheid van de leden"
).split("|")
VERBS = (
    "onderzoekt|versterkt|bekostigt|beoordeelt|ondersteunt|herziet|bespreekt|actualiseert|monitort"
    "|vereenvoudigt"
).split("|")
OBJECTS = (
    "de uitvoering van de regeling|het toezicht op de veiligheid|de opvang van jonge gezinnen"
    "|de bereikbaarheid van het platteland|de verduurzaming van woningen|het onderwijs in de regio"
    "|de inzet van vrijwilligers|de bescherming van persoonsgegevens|het herstel van de natuur"
    "|de arbeidsvoorwaarden in de zorg|de aanleg van fietspaden|het beheer van de dijken"
).split("|")
REASONS = (
    "omdat de kosten in de afgelopen jaren sneller zijn gestegen dan was voorzien"
    "|zoals in de brief van het voorjaar aan de Kamer is toegezegd"
    "|waarbij de ervaringen van inwoners en ondernemers nadrukkelijk worden meegewogen"
    "|in samenwerking met de medeoverheden en de betrokken maatschappelijke organisaties"
    "|zodat er voor de zomer duidelijkheid is over de gevolgen voor de begroting"
    "|mits de uitkomsten van de evaluatie daar aanleiding toe geven"
).split("|")
PASSAGE_WORDS = 120  # a passage as the splitting makes them
QUESTION_SENTENCES, ANSWER_SENTENCES = 2, 9


def sentences(count: int, seed: int) -> list[str]:
    """So many sentences of 10 to 25 words."""
    choose = random.Random(seed).choice  # noqa: S311  (repeatable, not secret)
    return [
        f"{choose(SUBJECTS)} {choose(VERBS)} {choose(OBJECTS)}, {choose(REASONS)}.".capitalize()
        for _ in range(count)
    ]


def passages(count: int, seed: int = 0) -> list[str]:
    """So many texts of 60 to 120 words, as the passages of real exchanges."""
    lengths = random.Random(seed)  # noqa: S311
    words = " ".join(sentences(count * 10, seed)).split()
    starts = range(0, count * PASSAGE_WORDS, PASSAGE_WORDS)
    return [
        " ".join(words[start : start + lengths.randint(PASSAGE_WORDS // 2, PASSAGE_WORDS)])
        for start in starts
    ]


def questions(count: int, seed: int = 1) -> list[str]:
    """So many questions of a length that people type."""
    choose = random.Random(seed).choice  # noqa: S311
    return [f"Waarom {choose(VERBS)} {choose(SUBJECTS)} {choose(OBJECTS)}?" for _ in range(count)]


def document(exchanges: int, seed: int) -> bytes:
    """A paper of written questions with their answers, as plain text."""
    size = QUESTION_SENTENCES + ANSWER_SENTENCES
    prose = sentences(exchanges * size, seed)
    blocks = [
        f"Vragen van het lid Proefman (XYZ) aan de Minister van Waterstaat over onderwerp {seed} "
        "(ingezonden 3 mei 2024).",
        "",
        "Antwoord van Minister Toets (Waterstaat) (ontvangen 28 mei 2024).",
        "",
    ]
    for number in range(1, exchanges + 1):
        said = prose[(number - 1) * size : number * size]
        question = " ".join(said[:QUESTION_SENTENCES]).rstrip(".") + "?"
        blocks += [f"Vraag {number}", question, "", f"Antwoord {number}"]
        blocks += [" ".join(said[QUESTION_SENTENCES:]), ""]
    return "\n".join(blocks).encode()
