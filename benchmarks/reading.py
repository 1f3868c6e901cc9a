"""What reading, parsing and splitting cost beside pypdf's own time, on the same files.

The real papers beside the checkout are taken where they are, else the sample documents. Tokens are
counted as words: the model's tokenizer is no stage of ours.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from time import process_time

from pypdf import PdfReader

from pipeline.layouts import parse
from pipeline.passages import MAX_PASSAGE_TOKENS, split_exchange
from pipeline.reading import read_document

_CHECKOUT = Path(__file__).resolve().parents[1]
_PLACES = (_CHECKOUT.parent / "shared" / "documents", _CHECKOUT / "samples" / "documents")


@dataclass(frozen=True, slots=True)
class ReadingCost:
    """Seconds of processor time for so many pages: pypdf alone, and all up to the passages."""

    pages: int
    pypdf_seconds: float
    all_seconds: float

    @property
    def own_share(self) -> float:
        """What our own stages cost, as a share of pypdf's time."""
        return (self.all_seconds - self.pypdf_seconds) / self.pypdf_seconds


def measure_reading(rounds: int) -> ReadingCost:
    """The cost over all PDF files of the first place that has any.

    The fastest of the rounds counts: what else the machine does only slows.
    """
    folder = next(place for place in _PLACES if any(place.glob("*.pdf")))
    files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.pdf"))}
    logging.getLogger("pypdf").setLevel(logging.ERROR)

    def extract() -> int:
        readers = [PdfReader(BytesIO(data)) for data in files.values()]
        return sum(bool(page.extract_text()) for reader in readers for page in reader.pages)

    def understand() -> int:
        return sum(
            len(split_exchange(exchange, _words, MAX_PASSAGE_TOKENS))
            for name, data in files.items()
            for exchange in parse(read_document(data, name)).exchanges
        )

    pages = extract()
    measured = [(_seconds(extract), _seconds(understand)) for _ in range(rounds)]
    alone, everything = (min(column) for column in zip(*measured, strict=True))
    return ReadingCost(pages, alone, everything)


def _words(text: str) -> int:
    return len(text.split())


def _seconds(work: Callable[[], int]) -> float:
    """Seconds of processor time, without what the collector spends on the program's own modules."""
    gc.collect()
    gc.freeze()
    began = process_time()
    work()
    seconds = process_time() - began
    gc.unfreeze()
    return seconds
