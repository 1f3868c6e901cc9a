"""Turns texts into vectors with a sentence-transformers model.

The only module of the product that imports torch and sentence-transformers, which takes seconds:
whoever needs the `Embedder` type alone imports it for type checking only. It knows no exchange and
no index.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.util import batch_to_device
from threadpoolctl import threadpool_limits
from transformers.utils import logging as transformers_logging

from pipeline.bundled_model import bundled_model
from pipeline.errors import ModelUnavailable
from pipeline.passages import MAX_PASSAGE_TOKENS, SPLITTING, split_text
from pipeline.settings import BUNDLED_MODEL, Settings
from pipeline.token_vectors import CODING, NO_LETTERS, Embedding, Letters, letters_of_tokens
from pipeline.tokenizing import special_ids, token_ends, token_ids
from pipeline.typical_passages import TYPICAL_PASSAGES

BATCH_TOKENS = 1024  # tokens of a forward pass, padding included: more no longer fits the caches
NORMALISATION = "nfc-strip"  # part of the fingerprint: what is done to a text before the model
PASSAGE_PROMPTS = ("passage", "document", "corpus")  # names that models give it, likeliest first
PROBE = "Één «proef» €\u00a01.200: the ministry's budget, Straße, Kamerstuk 36 600 XVII, nr. 53"
SHORTEST_WINDOW = 32  # tokens; a model that takes less cannot hold a sentence
UNLIMITED_WINDOW = 8192  # tokens; for models that state no limit, such as static ones
OTHER_MODEL = (
    "set KAMERANTWOORD_MODEL to a folder or hub name of a sentence-transformers model, "
    "or unset it for the bundled one"
)


class Embedder(Protocol):
    """What gives vectors to passages and questions."""

    @property
    def fingerprint(self) -> str:
        """Changes with anything that shapes a vector."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    @property
    def max_tokens(self) -> int:
        """The longest passage, in tokens, without prompt and special tokens."""

    def count_tokens(self, text: str) -> int:
        """The number of tokens of a text, without prompt and special tokens."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (n, dimension), L2-normalised."""

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """A vector of shape (dimension,), L2-normalised."""

    @property
    def token_mean(self) -> NDArray[np.float32]:
        """The mean of the token vectors of passages; of length 0 when the model gives none."""

    def embed_passages_in_tokens(self, texts: Sequence[str]) -> list[Embedding]:
        """For each text what `embed_passages` gives, and the vectors of its tokens."""

    def embed_question_in_tokens(self, text: str) -> Embedding:
        """What `embed_question` gives, and the vectors of the question's tokens."""


class SentenceEmbedder:
    """An `Embedder` around a sentence-transformers model; may be shared by threads."""

    def __init__(self, model: SentenceTransformer) -> None:
        self._model = model.eval()
        self._device = model.device
        self._lock = Lock()  # tokenizers of Hugging Face may not be used by two threads at once
        self._question_prompt = model.prompts.get("query") or ""
        self._passage_prompt = next(filter(None, map(model.prompts.get, PASSAGE_PROMPTS)), "")
        self._encode = token_ids(model.tokenizer)
        self._find_ends = token_ends(model.tokenizer)
        self._dimension = int(model.get_embedding_dimension() or 0)
        window = int(model.max_seq_length or UNLIMITED_WINDOW)
        longest_prompt = max(self._question_prompt, self._passage_prompt, key=len)
        self._max_tokens = window - len(self._encode(longest_prompt, True))
        self._special = torch.tensor(special_ids(model.tokenizer))
        self._token_mean = self._mean_of_tokens()
        self._fingerprint = self._compute_fingerprint()

    @property
    def fingerprint(self) -> str:
        """Changes with weights, configuration, prompts, normalisation and how passages are cut."""
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self._dimension

    @property
    def max_tokens(self) -> int:
        """The longest passage, in tokens, without prompt and special tokens."""
        return self._max_tokens

    def count_tokens(self, text: str) -> int:
        """The number of tokens of a text, without prompt and special tokens."""
        with self._lock:
            return len(self._encode(_normalised(text), False))

    @property
    def token_mean(self) -> NDArray[np.float32]:
        """The mean of the token vectors of passages; of length 0 when the model gives none."""
        return self._token_mean

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (n, dimension), L2-normalised.

        Raises ValueError for a text longer than `max_tokens`: a cut text is never embedded.
        """
        embedded = self.embed_passages_in_tokens(texts)
        return _stacked([each.vector for each in embedded], self._dimension)

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """A vector of shape (dimension,), L2-normalised.

        A question longer than the window is embedded in parts, whose mean direction is given.
        """
        return self.embed_question_in_tokens(text).vector

    def embed_passages_in_tokens(self, texts: Sequence[str]) -> list[Embedding]:
        """For each text what `embed_passages` gives, and its tokens: their vectors and letters."""
        texts = [_normalised(text) for text in texts]
        embedded = self._embed(texts, self._passage_prompt)
        return [
            replace(each, letters=self._letters_of(text, len(each.tokens)))
            for text, each in zip(texts, embedded, strict=True)
        ]

    def embed_question_in_tokens(self, text: str) -> Embedding:
        """What `embed_question` gives, and the vectors of the question's tokens."""
        text = _normalised(text)
        parts = [text]
        if self.count_tokens(text) > self._max_tokens:
            parts = split_text(text, self.count_tokens, self._max_tokens)
        embedded = self._embed(parts, self._question_prompt)
        if len(embedded) == 1:
            return embedded[0]
        mean = np.mean([part.vector for part in embedded], axis=0)
        tokens = np.concatenate([part.tokens for part in embedded])
        return Embedding(mean / np.linalg.norm(mean), tokens)

    def _embed(self, texts: Sequence[str], prompt: str) -> list[Embedding]:
        lengths = [self.count_tokens(text) for text in texts]
        if max(lengths, default=0) > self._max_tokens:
            raise ValueError(
                f"a text of {max(lengths)} tokens is longer than the model's {self._max_tokens}"
            )
        embedded: dict[int, Embedding] = {}
        overhead = len(self._encode(prompt, True))
        for batch in _batches([length + overhead for length in lengths]):
            outputs = self._forward([texts[index] for index in batch], prompt)
            for at, index in enumerate(batch):
                embedded[index] = _embedding(_output_of(outputs, at, len(batch)), self._special)
        return [embedded[index] for index in range(len(texts))]

    def _letters_of(self, text: str, tokens: int) -> Letters:
        """How many letters each token stands for, where the tokenizer tells that of so many."""
        with self._lock:
            ends = self._find_ends(text)
        return letters_of_tokens(text, ends) if len(ends) == tokens else NO_LETTERS

    def _forward(self, texts: list[str], prompt: str) -> dict[str, Any]:
        """What the model gives for one batch.

        `encode` does the same, and 2 ms besides, of the 26 that a question takes on one core.
        """
        with self._lock, torch.inference_mode():
            features = batch_to_device(self._model.preprocess(texts, prompt=prompt), self._device)
            outputs: dict[str, Any] = self._model(features)
        return outputs

    def _mean_of_tokens(self) -> NDArray[np.float32]:
        tokens = [each.tokens for each in self.embed_passages_in_tokens(TYPICAL_PASSAGES)]
        mean: NDArray[np.float32] = np.concatenate(tokens).mean(axis=0, dtype=np.float32)
        return mean

    def _compute_fingerprint(self) -> str:
        digest = hashlib.sha256()
        shape = {
            "modules": [repr(module) for module in self._model.children()],
            "prompts": [self._question_prompt, self._passage_prompt],
            "window": self._model.max_seq_length,
            "tokens": self._encode(PROBE, True),
            "normalisation": NORMALISATION,
            "tokens coded": [CODING, TYPICAL_PASSAGES],
            "passages": [SPLITTING, min(MAX_PASSAGE_TOKENS, self._max_tokens)],
        }
        digest.update(json.dumps(shape).encode())
        for name, tensor in sorted(self._model.state_dict().items()):
            digest.update(name.encode())
            digest.update(tensor.cpu().contiguous().reshape(-1).view(torch.uint8).numpy())
        return digest.hexdigest()[:32]


def load_embedder(settings: Settings) -> SentenceEmbedder:
    """An embedder around the model that the settings name; raises ModelUnavailable."""
    embedder = SentenceEmbedder(load_model(settings))
    if embedder.max_tokens < SHORTEST_WINDOW or not embedder.dimension:
        problem = f"takes only {embedder.max_tokens} tokens of text"
        raise ModelUnavailable(settings.model, problem, OTHER_MODEL)
    return embedder


def load_model(settings: Settings) -> SentenceTransformer:
    """The model that the settings name, in float32; raises ModelUnavailable."""
    if settings.threads:
        torch.set_num_threads(settings.threads)
    # What NumPy multiplies for a question is small; done, its threads spin for tens of milliseconds
    # and take the cores from the model, which then needs twice as long for the next question.
    threadpool_limits(1, user_api="blas")
    if settings.model != BUNDLED_MODEL:
        return _load(settings.model, settings.model, OTHER_MODEL)
    folder = str(bundled_model(settings.cache))
    return _load(folder, settings.model, f"delete {folder} and try again")


def _load(place: str, name: str, remedy: str) -> SentenceTransformer:
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        model = SentenceTransformer(
            place, trust_remote_code=False, local_files_only=Path(place).exists()
        )
    except Exception as error:  # what a stranger's model can raise has no common class
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise ModelUnavailable(name, f"cannot be loaded ({reason[0]})", remedy) from error
    return model.float()  # half precision runs ten times slower on common processors


def _output_of(outputs: dict[str, Any], at: int, count: int) -> dict[str, Any]:
    """What belongs to one of so many texts."""
    return {
        name: value[at]
        if isinstance(value, torch.Tensor) and value.shape[:1] == (count,)
        else value
        for name, value in outputs.items()
    }


def _embedding(output: dict[str, Any], special: torch.Tensor) -> Embedding:
    """Vector and tokens of one text, without padding, prompt and special tokens."""
    vector = torch.nn.functional.normalize(output["sentence_embedding"], dim=0)
    tokens = output.get("token_embeddings")
    if tokens is None:
        return Embedding(vector.numpy(force=True), np.zeros((1, 0), np.float32))
    places = output["attention_mask"].nonzero().squeeze(1)[output.get("prompt_length", 0) :]
    places = places[~torch.isin(output["input_ids"][places], special.to(places.device))]
    kept = torch.nn.functional.normalize(tokens[places], dim=1)
    return Embedding(vector.numpy(force=True), kept.numpy(force=True))


def _stacked(vectors: Sequence[NDArray[np.float32]], dimension: int) -> NDArray[np.float32]:
    return np.stack(vectors) if vectors else np.zeros((0, dimension), np.float32)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices, longest text first, in batches of at most BATCH_TOKENS when padded."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda index: -lengths[index]):
        if batch and (len(batch) + 1) * lengths[batch[0]] > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _normalised(text: str) -> str:
    """One form for the same text: some tokenizers tell é from e with an accent."""
    return unicodedata.normalize("NFC", text).strip()
