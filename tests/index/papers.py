"""Fictional papers as text files, in the layout of a written consultation."""

from __future__ import annotations

OPENING = """Verslag van een schriftelijk overleg

Binnen de vaste commissie voor Vuurtorens hebben de onderstaande fracties de behoefte vragen en \
opmerkingen voor te leggen aan de minister van Vuurtorens over {subject}.

I Vragen en opmerkingen vanuit de fracties

Vragen en opmerkingen van de leden van de VVD-fractie
"""
EXCHANGE = """
De leden van de VVD-fractie vragen {question}

{number}. Antwoord van het kabinet

{answer}
"""


def paper(subject: str, *pairs: tuple[str, str]) -> bytes:
    """A consultation with these questions and answers, numbered from 1."""
    exchanges = (
        EXCHANGE.format(number=number, question=question, answer=answer)
        for number, (question, answer) in enumerate(pairs, start=1)
    )
    return (OPENING.format(subject=subject) + "".join(exchanges)).encode()


BEACONS = paper(
    "vuurtorens",
    ("hoe vaak de vuurtoren brandt.", "De vuurtoren brandt elke nacht, ook op zondag."),
    (
        "wie het vuur stookt.",
        "Het vuur wordt door de wachter gestookt; zie het antwoord op vraag 1.",
    ),
)
DIKES = paper("dijken", ("of de dijk het houdt.", "De dijk houdt het tot de zomer van 2031."))
HATS = paper("ijsmutsen", ("wat een ijsmuts kost.", "Een ijsmuts kost acht gulden per stuk."))
