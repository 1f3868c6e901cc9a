"""Tokens of a text and where they end, with a tokenizer made here."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing

from pipeline.tokenizing import special_ids, token_ends, token_ids


@pytest.fixture
def tokenizer() -> SimpleNamespace:
    """Knows two words, as sentence-transformers holds it."""
    fast = Tokenizer(WordLevel({"<s>": 0, "<unk>": 1, "de": 2, "dijk": 3}, unk_token="<unk>"))
    fast.pre_tokenizer = Whitespace()
    fast.post_processor = TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 0)])
    fast.enable_truncation(2)
    return SimpleNamespace(backend_tokenizer=fast, all_special_ids=[0, 1])


def test_a_text_is_never_cut(tokenizer: SimpleNamespace) -> None:
    assert token_ids(tokenizer)("de dijk de dijk", False) == [2, 3, 2, 3]
    assert token_ids(tokenizer)("de dijk", True) == [0, 2, 3]


def test_a_token_ends_in_the_text_and_an_unknown_one_is_none(tokenizer: SimpleNamespace) -> None:
    assert token_ends(tokenizer)("de  brug, de dijk") == [2, 12, 17]
    assert special_ids(tokenizer) == [0, 1]


def test_a_tokenizer_that_does_not_tell_ends_gives_none() -> None:
    def plain(text: str, **_: bool) -> dict[str, list[int]]:
        return {"input_ids": [len(word) for word in text.split()]}

    assert token_ids(plain)("de dijk", False) == [2, 4]
    assert token_ends(plain)("de dijk") == []
    assert special_ids(plain) == []
