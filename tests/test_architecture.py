"""The rules of the house: which way imports run, and where a library may be imported."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("pipeline", "index", "ui", "app")  # from upstream to downstream
HOMES = {
    "streamlit": ("app.py", "ui/"),
    "faiss": ("index/shapes.py", "index/centres.py"),
    "pypdf": ("pipeline/reading/pdf.py",),
    "sentence_transformers": ("pipeline/embedding.py",),
}
MAX_LINES = 300


def modules() -> list[Path]:
    found = [ROOT / "app.py"]
    for room in ("pipeline", "index", "ui"):
        found.extend(sorted((ROOT / room).rglob("*.py")))
    return found


def imported(path: Path) -> list[str]:
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.extend(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module)
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_upstream(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0].removesuffix(".py")
    downstream = ROOMS[ROOMS.index(room) + 1 :]
    assert not [name for name in imported(path) if name.split(".")[0] in downstream]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    for library in {name.split(".")[0] for name in imported(path)} & HOMES.keys():
        assert place.startswith(HOMES[library]), f"{library} belongs in {HOMES[library]}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_short_and_say_what_they_do(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= MAX_LINES
    assert ast.get_docstring(ast.parse(source))
