"""Large texts of little, and how long a megabyte of each takes to parse: `python -m` this module."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

from pipeline.layouts import parse
from pipeline.reading import read_document

LIST = "Lijst van vragen en antwoorden\n\n"
REPORT = "VERSLAG VAN EEN SCHRIFTELIJK OVERLEG\n\nVragen van de leden van de VVD-fractie\n\n"
LARGE = {
    "5,000 pages of labels": "Vraag 1\nKunt u dit zeggen?\nAntwoord 1\nJa, dat kan.\n\f" * 5_000,
    "ever higher numbers": "".join(
        f"Vraag {n}\nKunt u dit?\nAntwoord {n}\nJa.\n" for n in range(1, 10_000)
    ),
    "label lines, no two alike": "".join(
        f"Vraag {n} Kunt u {n} zeggen over bijen?\nAntwoord {n} Ja, {n} keer.\n"
        for n in range(1, 9_000)
    ),
    "one answer, many times": "Vraag 1\nHoe?\n" + "Antwoord 1\nZo.\n" * 15_000,
    "a list without end": "1. Kunt u dit?\n\n" * 20_000,
    "1 MB on one line": "Antwoord van de minister op de vragen van het lid " * 20_000,
    "1 MB of one word": "a" * 1_000_000,
    "1 MB of questions": LIST + "Vraag 1\nHoe? " + "Wat? Zo? " * 110_000,
    "100,000 blank lines": "\n" * 100_000 + "Vraag 1\nHoe?\nAntwoord 1\nZo.",
    "short paragraphs": "".join(f"Nummer {n}.\n\n" for n in range(20_000)),
    "an answer of short paragraphs": REPORT
    + "Hoe?\n\nAntwoord van de minister\n\n"
    + "Zo is het.\n\n" * 25_000,
    "one sentence that asks at its end": REPORT + "Ik zie dat ik zie wat ik " * 40_000 + "zie?",
    "a note a sentence": "".join(
        f"Dat staat in de wet{n}.\n\n{n} Kamerstuk 36 600, nr. {n}\n\n" for n in range(1, 9_000)
    ),
    "citations": "".join(f"Zie Kamerstuk 36 600 XVII, nr. {n} en 2024Z{n:05d}. " for n in range(12_000)),
    "pointers": "".join(f"Zie ook het antwoord op de vragen {n % 900} en 3. " for n in range(12_000)),
}  # fmt: skip
TRIES = 6  # the best of which counts: others use the same cores
LOOP = 0.038  # seconds that a million sums take where a second a megabyte was measured


def seconds_per_megabyte(text: str, enough: float) -> float:
    """The best of some tries, the first that is less than `enough`."""
    data = text.encode()
    best = float("inf")
    for _ in range(TRIES):
        taken = _taken(lambda: parse(read_document(data, "groot.txt"))) / len(data) * 1e6
        best = min(best, taken / _slowness())
        if best < enough:
            break
    return best


def _slowness() -> float:
    """How many times slower than where it was measured this machine is just now."""
    return max(1.0, _taken(lambda: sum(n % 7 for n in range(1_000_000))) / LOOP)


def _taken(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    found = {case: seconds_per_megabyte(text, float(sys.argv[1])) for case, text in LARGE.items()}
    print(json.dumps(found))
