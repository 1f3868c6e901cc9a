"""From the start of a new process to its first answer, and the memory it takes.

Run as a program it is that process: it answers one question from the data directory in the
environment and prints what it measured as JSON.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from pipeline.settings import PREFIX, Settings

QUESTION = "Waarom wordt het toezicht op de veiligheid herzien?"
PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


def measure_cold_start(settings: Settings) -> dict[str, float]:
    """Seconds to import, load, answer and for all, and the peak memory in MB."""
    environment = os.environ | {
        f"{PREFIX}DATA": str(settings.data),
        f"{PREFIX}MODEL": settings.model,
        f"{PREFIX}THREADS": str(settings.threads),
    }
    began = perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.cold_start"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    measured: dict[str, float] = json.loads(done.stdout)
    return measured | {"all": perf_counter() - began}


def _answer_once() -> dict[str, float]:
    from index.search import Searcher  # noqa: PLC0415  (importing is what is measured)
    from pipeline.embedding import load_embedder  # noqa: PLC0415
    from pipeline.settings import load_settings  # noqa: PLC0415

    imported = perf_counter()
    settings = load_settings()
    embedder = load_embedder(settings)
    loaded = perf_counter()
    Searcher.open(settings, embedder).search(QUESTION)
    answered = perf_counter()
    return {
        "import": imported - STARTED,
        "load": loaded - imported,
        "answer": answered - loaded,
        "peak_megabytes": _peak_bytes() / 1_000_000,
    }


def _peak_bytes() -> int:
    """Of this process alone: on Linux `getrusage` counts the one that started it too."""
    status = Path("/proc/self/status")
    found = PEAK.search(status.read_text()) if status.exists() else None
    if found:
        return int(found[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    STARTED = perf_counter()
    sys.stdout.write(json.dumps(_answer_once()))
