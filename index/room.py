"""How much room files take, in bytes and in words."""

from __future__ import annotations

from pathlib import Path

MEGABYTE = 1_000_000


def size_of(path: Path) -> int:
    """The bytes of a file, or of all files in a folder; 0 where there is nothing."""
    if path.is_dir():
        return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return path.stat().st_size if path.is_file() else 0


def megabytes(size: int) -> str:
    """A number of bytes as it is told."""
    return f"{size / MEGABYTE:.1f} MB"
