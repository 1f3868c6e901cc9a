"""A twin of the unpacked model, to be broken, without copying its 490 MB."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def linked(folder: Path, twin: Path) -> Path:
    """A folder of links to the files of another; `replace` one, since to write would reach both."""
    return Path(shutil.copytree(folder, twin, copy_function=os.symlink))


def replace(link: Path, content: bytes) -> None:
    """A file in the place of a link."""
    link.unlink()
    link.write_bytes(content)
