"""The bundled model with thin matrices beside those of its last layers (LoRA), which alone learn.

Lower layers stay as they are, so that they are computed once and without gradients. It knows
tokens and vectors; neither lessons nor what is close.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn.functional import normalize
from torch.nn.utils import parametrize
from transformers import BertModel

from pipeline.bundled_model import bert_tensors, packed_file, write_folder
from pipeline.packed_weights import read_packed
from pipeline.tuning import TALL, WIDE, Tensors
from training.closeness import Encoded
from training.texts import Batch

LAYERS = 5  # of twelve that learn: the lower ones hold words and languages
RANK = 8  # 280,000 numbers in all: little enough not to learn documents by heart
SCALE = 2.0  # how far a step of the thin matrices reaches in the whole ones
OUT_OF_SIGHT = -1e9  # added to the attention for what only fills a batch
MATRICES = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)


class Thin(nn.Module):
    """Adds the product of two thin matrices to a weight; at first, that is nothing."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        rows, columns = weight.shape
        self.tall = nn.Parameter(torch.zeros(rows, RANK))
        self.wide = nn.Parameter(torch.randn(RANK, columns) / columns**0.5)
        self.is_on = True

    def forward(self, weight: Tensor) -> Tensor:
        """The weight with what was learned."""
        return weight + SCALE * self.tall @ self.wide if self.is_on else weight


@dataclass(frozen=True, slots=True, eq=False)
class Halfway:
    """A batch as the frozen layers leave it, with states of shape (texts, tokens, d)."""

    states: Tensor
    batch: Batch

    def __getitem__(self, part: slice) -> Halfway:
        return Halfway(self.states[part], self.batch[part])


class TunedModel:
    """A BERT of which only thin matrices learn."""

    def __init__(self, model: BertModel, layers: int = LAYERS) -> None:
        self._embeddings = model.requires_grad_(False).train(False).embeddings
        every = list(model.encoder.layer)
        self._frozen, self._learning = every[:-layers], every[-layers:]
        self._thin: dict[str, Thin] = {}
        for number in range(len(every) - layers, len(every)):
            for matrix in MATRICES:
                name = f"encoder.layer.{number}.{matrix}"
                module = model.get_submodule(name)
                thin = Thin(module.get_parameter("weight"))
                parametrize.register_parametrization(module, "weight", thin)
                self._thin[f"{name}.weight"] = thin

    def parameters(self) -> list[nn.Parameter]:
        """What learns."""
        return [each for thin in self._thin.values() for each in thin.parameters()]

    @torch.no_grad()
    def halfway(self, batch: Batch) -> Halfway:
        """A batch through the layers that learn nothing."""
        with _halved_precision():
            states = _through(self._frozen, self._embeddings(batch.ids), batch)
        return Halfway(states, batch)

    def encode(self, halfway: Halfway) -> Encoded:
        """The vectors, by the layers that learn."""
        batch = halfway.batch
        with _halved_precision():
            states = _through(self._learning, halfway.states, batch).float()
        weights = batch.attention[..., None]
        mean = (states * weights).sum(dim=1) / weights.sum(dim=1)
        return Encoded(normalize(states, dim=-1), normalize(mean, dim=-1), batch.telling)

    @contextmanager
    def untuned(self) -> Iterator[None]:
        """Within it the model is as it was before it learned, and learns nothing."""
        self._switch(False)
        try:
            with torch.no_grad():
                yield
        finally:
            self._switch(True)

    def _switch(self, is_on: bool) -> None:
        for thin in self._thin.values():
            thin.is_on = is_on

    def tuning(self, share: float) -> dict[str, NDArray[np.float16]]:
        """So much of what was learned, as `pipeline.tuning` adds it."""
        tuning = {}
        for name, thin in self._thin.items():
            tuning[name + TALL] = (share * SCALE * thin.tall).numpy(force=True).astype(np.float16)
            tuning[name + WIDE] = thin.wide.numpy(force=True).astype(np.float16)
        return tuning

    @torch.no_grad()
    def resume(self, tuning: Tensors) -> None:
        """Goes on from what was learned before; raises KeyError when a matrix is missing."""
        for name, thin in self._thin.items():
            thin.tall.copy_(torch.from_numpy(tuning[name + TALL]) / SCALE)
            thin.wide.copy_(torch.from_numpy(tuning[name + WIDE]))


def load_untuned() -> tuple[BertModel, Tokenizer]:
    """The bundled model as it is before any tuning, with its tokenizer."""
    packed = read_packed(packed_file().read_bytes())
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_folder(packed, bert_tensors(packed), folder)
        model = BertModel.from_pretrained(folder, dtype=torch.float32)
        return model, Tokenizer.from_file(str(folder / "tokenizer.json"))


def _halved_precision() -> torch.autocast:
    """Takes half the time on processors that have it; what is compared is in full precision."""
    return torch.autocast("cpu", torch.bfloat16)


def _through(layers: list[nn.Module], states: Tensor, batch: Batch) -> Tensor:
    sight = (1 - batch.attention)[:, None, None, :] * OUT_OF_SIGHT
    for layer in layers:
        states = layer(states, sight)
    return states
