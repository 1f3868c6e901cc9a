"""Vectors of the real model: right, the same each time, and never of a cut text."""

from __future__ import annotations

import json
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Literal

import huggingface_hub.constants
import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer

from pipeline.embedding import BATCH_TOKENS, SentenceEmbedder, _batches, load_embedder
from pipeline.errors import ModelUnavailable
from pipeline.settings import Settings
from pipeline.token_vectors import count_letters
from pipeline.tuning import TALL, add_tuning, read_tuning
from tests.linked import linked, replace

ENGINE: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("engine_vectors.json").read_text()
)

ANSWERS = [
    "Het kabinet trekt in 2027 extra geld uit om dijken langs de grote rivieren te versterken.",
    "De minister wil dat kinderen op de basisschool beter leren lezen en stuurt een plan.",
    "Asielzoekers mogen voortaan vanaf de eerste maand werken, mits zij zijn ingeschreven.",
    "De accijns op benzine blijft volgend jaar gelijk; de brandstofprijzen stijgen niet.",
]
QUESTIONS = [
    ("Wat doet de regering tegen overstromingen?", 0),
    ("How will pupils become better readers?", 1),
    ("Dürfen Flüchtlinge arbeiten?", 2),
    ("Le prix du carburant va-t-il augmenter ?", 3),
]

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def untuned_embedder(model_folder: Path) -> SentenceEmbedder:
    """The model as its package has it: what was learned is taken off again."""
    model = SentenceTransformer(str(model_folder))
    backwards = {
        name: -thin if name.endswith(TALL) else thin for name, thin in read_tuning().items()
    }
    bert = model.get_submodule("0.auto_model")
    weights = {name: weight.numpy() for name, weight in bert.state_dict().items()}
    untuned = add_tuning(weights, backwards)
    bert.load_state_dict({name: torch.tensor(each) for name, each in untuned.items()})
    return SentenceEmbedder(model)


@pytest.mark.parametrize("known", ENGINE, ids=lambda known: known["text"][:20])
def test_vectors_agree_with_the_packages_own_engine_before_tuning(
    untuned_embedder: SentenceEmbedder, known: dict[str, Any]
) -> None:
    if known["prompt"] == "query: ":
        vector = untuned_embedder.embed_question(known["text"])
    else:
        vector = untuned_embedder.embed_passages([known["text"]])[0]
    assert vector @ np.array(known["vector"]) > 0.9995


@pytest.mark.parametrize(("question", "right"), QUESTIONS)
def test_a_question_in_any_language_finds_its_answer(
    embedder: SentenceEmbedder, question: str, right: int
) -> None:
    nearness = embedder.embed_passages(ANSWERS) @ embedder.embed_question(question)
    assert int(nearness.argmax()) == right


def test_vectors_are_float32_unit_and_in_the_order_of_the_texts(
    embedder: SentenceEmbedder,
) -> None:
    texts = [ANSWERS[i % 4][: 10 + 3 * i] for i in range(25)]
    vectors = embedder.embed_passages(texts)
    assert vectors.shape == (25, embedder.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    alone = np.concatenate([embedder.embed_passages([text]) for text in texts])
    assert np.allclose(vectors, alone, atol=1e-5)


def test_vectors_equal_plain_encoding(
    embedder: SentenceEmbedder, plain_model: SentenceTransformer
) -> None:
    plain = plain_model.encode(ANSWERS, prompt="passage: ")
    assert np.allclose(embedder.embed_passages(ANSWERS), plain, atol=1e-5)


def test_the_same_texts_give_the_same_bits(embedder: SentenceEmbedder) -> None:
    assert np.array_equal(embedder.embed_passages(ANSWERS), embedder.embed_passages(ANSWERS))
    question = QUESTIONS[0][0]
    assert np.array_equal(embedder.embed_question(question), embedder.embed_question(question))


def test_tokens_are_those_of_the_text_alone(embedder: SentenceEmbedder) -> None:
    short, long = ANSWERS[0][:20], ANSWERS[1]
    for text, embedding in zip(
        (short, long), embedder.embed_passages_in_tokens([short, long]), strict=True
    ):
        assert len(embedding.tokens) == embedder.count_tokens(text)
        assert np.allclose(np.linalg.norm(embedding.tokens, axis=1), 1, atol=1e-5)
        assert np.allclose(embedding.vector, embedder.embed_passages([text])[0], atol=1e-5)
    question = embedder.embed_question_in_tokens(QUESTIONS[0][0])
    assert len(question.tokens) == embedder.count_tokens(QUESTIONS[0][0])


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_token_ends_where_each_sentence_does(
    embedder: SentenceEmbedder, form: Literal["NFC", "NFD"]
) -> None:
    sentences = ("De dijk is veilig.", "Één coördinator «waakt» \U0001f642!", "Dat kost € 3,50.")
    text = unicodedata.normalize(form, " ".join(sentences))
    [embedding] = embedder.embed_passages_in_tokens([text])
    assert len(embedding.letters) == len(embedding.tokens)
    ends = np.cumsum([count_letters(sentence) for sentence in sentences])
    assert np.isin(ends, embedding.letters.cumsum()).all()
    assert embedding.letters.sum() == ends[-1]


def test_tokens_lie_about_their_mean(embedder: SentenceEmbedder) -> None:
    tokens = np.concatenate([each.tokens for each in embedder.embed_passages_in_tokens(ANSWERS)])
    assert tokens.mean(axis=0) @ embedder.token_mean > 0.5


def test_no_texts_give_no_vectors(embedder: SentenceEmbedder) -> None:
    assert embedder.embed_passages([]).shape == (0, embedder.dimension)


def test_decomposed_letters_and_outer_blanks_change_nothing(embedder: SentenceEmbedder) -> None:
    text = "Één coördinator per ministerie"
    twin = "\n " + unicodedata.normalize("NFD", text) + " \t"
    assert twin.strip() != text
    assert embedder.count_tokens(twin) == embedder.count_tokens(text)
    assert np.array_equal(embedder.embed_passages([twin]), embedder.embed_passages([text]))


def test_a_passage_that_does_not_fit_is_refused(embedder: SentenceEmbedder) -> None:
    fits, too_long = "ja " * embedder.max_tokens, "ja " * (embedder.max_tokens + 1)
    assert embedder.embed_passages([fits]).shape == (1, embedder.dimension)
    with pytest.raises(ValueError, match="longer than the model's"):
        embedder.embed_passages([too_long])


def test_the_end_of_a_long_question_counts_too(embedder: SentenceEmbedder) -> None:
    opening = "Ik heb lang nagedacht over hoe ik dit het beste kan vragen aan u allen. " * 60
    assert embedder.count_tokens(opening) > embedder.max_tokens
    vector = embedder.embed_question(opening)
    with_end = embedder.embed_question(opening + QUESTIONS[0][0] * 20)
    gain = embedder.embed_passages(ANSWERS) @ (with_end - vector)
    assert np.isclose(np.linalg.norm(with_end), 1, atol=1e-6)
    assert int(gain.argmax()) == 0


def test_threads_share_an_embedder(embedder: SentenceEmbedder) -> None:
    alone = [embedder.embed_question(question) for question, _ in QUESTIONS]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(embedder.embed_question, [q for q, _ in QUESTIONS] * 5))
    assert np.allclose(together, alone * 5, atol=1e-6)


def test_the_fingerprint_follows_the_content_not_the_place(
    embedder: SentenceEmbedder, model_folder: Path, tmp_path: Path
) -> None:
    twin = linked(model_folder, tmp_path / "elsewhere")
    assert load_embedder(Settings(model=str(twin))).fingerprint == embedder.fingerprint
    settings = twin / "config_sentence_transformers.json"
    replace(settings, settings.read_bytes().replace(b'"passage: "', b'"document: "'))
    assert load_embedder(Settings(model=str(twin))).fingerprint != embedder.fingerprint


@pytest.mark.parametrize("damage", ["no such folder", "empty folder", "weights cut", "a file"])
def test_a_model_that_cannot_be_loaded_names_the_remedy(
    model_folder: Path, tmp_path: Path, damage: str
) -> None:
    folder = tmp_path / "model"
    match damage:
        case "empty folder":
            folder.mkdir()
        case "a file":
            folder.write_text("not a model")
        case "weights cut":
            weights = linked(model_folder, folder) / "model.safetensors"
            with weights.open("rb") as whole:
                replace(weights, whole.read(1_000_000))
    with pytest.raises(ModelUnavailable, match="set KAMERANTWOORD_MODEL to"):
        load_embedder(Settings(model=str(folder)))


def test_a_hub_name_without_a_network_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelUnavailable, match="set KAMERANTWOORD_MODEL to"):
        load_embedder(Settings(model="nobody/no-such-model"))


def test_batches_hold_every_text_once_and_little_padding() -> None:
    lengths = [5, 190, 40, 200, 7, 7, 180, 500, 3, 1]
    batches = list(_batches(lengths))
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) == 1 or len(batch) * max(lengths[i] for i in batch) <= BATCH_TOKENS
