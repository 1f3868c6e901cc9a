"""A model and a tokenizer of a few words, and an exercise, small enough to learn in no time."""

from __future__ import annotations

import torch
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import BertConfig, BertModel

from index.usual import USUAL_QUESTIONS
from pipeline.bundled_model import PASSAGE_PROMPT, QUERY_PROMPT
from training.exercises import Asked, Exercise
from training.reading import Pair
from training.texts import Texts
from training.tuned_model import TunedModel

PAIRS = (
    Pair("Komt er een tunnel onder de vaart?", "De minister legt daar een brug aan."),
    Pair("Wat kost de bus?", "Een rit kost vier euro."),
    Pair("", "Scholen krijgen meer leraren."),
)
EXERCISE = Exercise(
    background=("Vogels trekken naar het zuiden.",),
    pairs=PAIRS,
    asked=(
        Asked("Hoe kom ik aan de overkant?", (0,)),
        Asked("How much is a ticket?", (1,)),
        Asked("Wer unterrichtet meine Kinder?", (2,)),
    ),
)


def tiny_texts() -> Texts:
    """Texts by a tokenizer that knows each word of these examples."""
    asked = [each.question for each in EXERCISE.asked]
    texts = [QUERY_PROMPT, PASSAGE_PROMPT, *asked, *EXERCISE.background, *USUAL_QUESTIONS]
    texts += [text for pair in PAIRS for text in (pair.question, pair.answer)]
    words = sorted({word for text in texts for word in text.split()})
    vocabulary = {word: at for at, word in enumerate(["<s>", "<pad>", "</s>", "<unk>", *words])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return Texts(tokenizer)


def tiny_bert() -> BertModel:
    """A BERT of three layers that has learned nothing yet."""
    torch.manual_seed(1)
    return BertModel(
        BertConfig(
            vocab_size=300,
            hidden_size=32,
            num_hidden_layers=3,
            num_attention_heads=2,
            intermediate_size=64,
            max_position_embeddings=64,
        )
    )


def tiny_model() -> TunedModel:
    """That BERT, of which the last two layers learn."""
    return TunedModel(tiny_bert(), layers=2)
