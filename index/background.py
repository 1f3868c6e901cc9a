"""What a question has in common with sentences about anything at all.

`background.txt` holds a sentence for each subject the Chamber discusses, for what people ask
elsewhere, and for how questions are put; in the languages in which they are asked. An answer that
comes no nearer to a question than these do says nothing in particular. Their vectors are kept in
the cache, since embedding them takes a second or two. It knows no question and no document.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from index.whole_files import writing_whole

if TYPE_CHECKING:  # for its type alone: importing it takes seconds
    from pipeline.embedding import Embedder

logger = logging.getLogger(__name__)

SENTENCES = Path(__file__).with_name("background.txt")
CACHE_NAME = "background-{key}.npz"
KEY_LETTERS = 16

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Background:
    """The vectors of the sentences, (sentences, dimension), and those of all their tokens."""

    sentences: Vectors
    tokens: Vectors


def open_background(embedder: Embedder, cache: Path) -> Background:
    """The background in the vectors of this model, from the cache or else embedded."""
    text = SENTENCES.read_text(encoding="utf-8")
    key = hashlib.sha256(f"{embedder.fingerprint}\n{text}".encode()).hexdigest()[:KEY_LETTERS]
    path = cache / CACHE_NAME.format(key=key)
    known = _read(path)
    if known is not None:
        return known
    embedded = embedder.embed_passages_in_tokens(text.splitlines())
    background = Background(
        np.stack([each.vector for each in embedded]),
        np.concatenate([each.tokens for each in embedded]),
    )
    try:
        _write(path, background)
    except OSError as error:  # a reader may lack the right to write, or the disk the room
        logger.warning("The cache %s could not be written: %s", path, error)
    return background


def _read(path: Path) -> Background | None:
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            return Background(file["sentences"], file["tokens"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        logger.warning("The cache %s is of no use (%s) and is made anew", path, error)
        return None


def _write(path: Path, background: Background) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with writing_whole(path) as file:
        np.savez(file, sentences=background.sentences, tokens=background.tokens)
