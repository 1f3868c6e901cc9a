"""What a question, and an answer, has in common with sentences about anything at all.

`background.txt` holds a sentence for each subject the Chamber discusses, for what people ask
elsewhere, and for how questions are put; in the languages in which they are asked. An answer that
comes no nearer to a question than these do says nothing in particular. Their vectors, and those of
the questions in `usual`, are kept in the cache, since embedding them takes seconds. It knows no
question of a reader and no document.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from index.centres import find_centres
from index.usual import USUAL_QUESTIONS
from index.whole_files import writing_whole

if TYPE_CHECKING:  # for its type alone: importing it takes seconds
    from pipeline.embedding import Embedder

logger = logging.getLogger(__name__)

SENTENCES = Path(__file__).with_name("background.txt")
CACHE_NAME = "background-{key}.npz"
KEY_LETTERS = 16
USUAL_TOKENS = (
    10  # in place of the usual questions' 111: they order as well, in a tenth of the time
)

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Background:
    """The vectors of the sentences, (sentences, dimension), and those of all their tokens.

    `usual` holds unit vectors about which the tokens of the usual questions lie.
    """

    sentences: Vectors
    tokens: Vectors
    usual: Vectors


def open_background(embedder: Embedder, cache: Path) -> Background:
    """The background in the vectors of this model, from the cache or else embedded."""
    path = background_file(embedder, cache)
    known = _read(path)
    if known is not None:
        return known
    sentences = SENTENCES.read_text(encoding="utf-8").splitlines()
    embedded = embedder.embed_passages_in_tokens(sentences)
    asked = [embedder.embed_question_in_tokens(question) for question in USUAL_QUESTIONS]
    background = Background(
        np.stack([each.vector for each in embedded]),
        np.concatenate([each.tokens for each in embedded]),
        find_centres(np.concatenate([each.tokens for each in asked]), USUAL_TOKENS),
    )
    try:
        _write(path, background)
    except OSError as error:  # a reader may lack the right to write, or the disk the room
        logger.warning("The cache %s could not be written: %s", path, error)
    return background


def background_file(embedder: Embedder, cache: Path) -> Path:
    """Where in the cache the background in the vectors of this model is kept."""
    text = SENTENCES.read_text(encoding="utf-8")
    embedded_as = "\n".join([embedder.fingerprint, str(USUAL_TOKENS), *USUAL_QUESTIONS, text])
    key = hashlib.sha256(embedded_as.encode()).hexdigest()[:KEY_LETTERS]
    return cache / CACHE_NAME.format(key=key)


def _read(path: Path) -> Background | None:
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            return Background(file["sentences"], file["tokens"], file["usual"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        logger.warning("The cache %s is of no use (%s) and is made anew", path, error)
        return None


def _write(path: Path, background: Background) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with writing_whole(path) as file:
        np.savez(file, **asdict(background))
