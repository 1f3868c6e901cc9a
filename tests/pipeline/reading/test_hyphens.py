from __future__ import annotations

import pytest

from pipeline.reading.hyphens import Hyphens

PLAIN = Hyphens(frozenset({"media", "euro-akkoord", "waterbeheer"}), automatic=False)
TYPESET = Hyphens(frozenset({"media", "defensie", "euro-akkoord"}), automatic=True)


@pytest.mark.parametrize(
    ("above", "below", "plain", "typeset"),
    [
        ("is gecompen-", "seerd.", "is gecompen-seerd.", "is gecompenseerd."),
        ("het water-", "beheer", "het waterbeheer", "het waterbeheer"),
        ("het euro-", "akkoord", "het euro-akkoord", "het euro-akkoord"),
        ("de EU-", "landen", "de EU-landen", "de EU-landen"),
        ("de D66-", "fractie", "de D66-fractie", "de D66-fractie"),
        ("Europa-", "Azië", "Europa-Azië", "Europa-Azië"),
        (
            "de lage-",
            "en middeninkomens",
            "de lage- en middeninkomens",
            "de lage- en middeninkomens",
        ),
        ("defensie-", "industrie", "defensie-industrie", "defensie-industrie"),
        ("zie https://voorbeeld.nl/een-", "adres", "zie https://voorbeeld.nl/een-adres", None),
        ("zacht\u00ad", "koppelteken", "zachtkoppelteken", "zachtkoppelteken"),
        ("een zin", "gaat door", "een zin gaat door", "een zin gaat door"),
    ],
)
def test_hyphens_at_line_ends(above: str, below: str, plain: str, typeset: str | None) -> None:
    assert PLAIN.join(above, below) == plain
    assert TYPESET.join(above, below) == (typeset or plain)


def test_automatic_hyphenation_is_told_by_how_often_it_happens() -> None:
    lines = ["een regel van de zetter met een afge-", "broken woord aan het eind"]
    assert Hyphens.of(lines * 20).automatic
    assert not Hyphens.of(["een gewone regel"] * 200 + lines).automatic
