"""Texts to tokens, never cut, with any tokenizer that a sentence-transformers model brings.

It knows tokenizers, no model and no vectors. A tokenizer may not be used by two threads at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

TokenIds = Callable[[str, bool], list[int]]  # of a text; the flag adds the special tokens
TokenEnds = Callable[[str], list[int]]  # where in a text each token ends that is not special


def token_ids(tokenizer: Any) -> TokenIds:
    """Gives the token ids of a text."""
    fast = _fast(tokenizer)
    if fast is None:
        return lambda text, special: list(
            tokenizer(text, add_special_tokens=special, truncation=False, verbose=False)[
                "input_ids"
            ]
        )

    def encode(text: str, special: bool) -> list[int]:
        fast.no_truncation()
        return list(fast.encode(text, add_special_tokens=special).ids)

    return encode


def token_ends(tokenizer: Any) -> TokenEnds:
    """Gives the ends of tokens; none with a tokenizer that does not tell."""
    fast = _fast(tokenizer)
    if fast is None:
        return lambda _: []
    special = set(special_ids(tokenizer))

    def find_ends(text: str) -> list[int]:
        fast.no_truncation()
        encoded = fast.encode(text, add_special_tokens=False)
        pairs = zip(encoded.ids, encoded.offsets, strict=True)
        return [end for token, (_, end) in pairs if token not in special]

    return find_ends


def special_ids(tokenizer: Any) -> list[int]:
    """The tokens that stand for no text, and the one for signs that are not known."""
    return list(getattr(tokenizer, "all_special_ids", []))


def _fast(tokenizer: Any) -> Any | None:
    """What the tokenizer is around, where that is one of Hugging Face's `tokenizers`."""
    fast = getattr(tokenizer, "backend_tokenizer", tokenizer)
    return fast if hasattr(fast, "no_truncation") else None
