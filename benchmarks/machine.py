"""What the machine is, in a sentence: figures mean nothing without it."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

import torch

PROCESSORS = Path("/proc/cpuinfo")


def describe_machine() -> str:
    """The processor, its cores and the threads that the model takes."""
    told = PROCESSORS.read_text() if PROCESSORS.exists() else ""
    named = re.search(r"model name\s*:\s*(.+)", told)
    name = named[1] if named else platform.processor() or platform.machine()
    return (
        f"On {name}, {os.cpu_count()} cores, {torch.get_num_threads()} threads for the model, "
        f"PyTorch {torch.__version__}, Python {platform.python_version()}."
    )
