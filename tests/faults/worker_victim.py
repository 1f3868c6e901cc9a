"""A worker on a server that is killed while it works: `python -m tests.faults.worker_victim DATA`.

The server's address comes from KAMERANTWOORD_DATABASE. It embeds slowly, so that most kills hit a
document that is half done.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from index.indexing import Indexer
from index.models import AddReport
from index.postgres.worker import Pace, work
from index.stores import open_store
from pipeline.settings import Settings, load_settings
from pipeline.token_vectors import Embedding
from tests.faults.laboratory import InProcessParser
from tests.hashing_embedder import HashingEmbedder

QUICK = Pace(heartbeat=0.3, dead_after=1.5, poll=0.5, again=0.2)
SECONDS_A_DOCUMENT = 0.15


class SlowEmbedder(HashingEmbedder):
    """Takes its time."""

    def embed_passages_in_tokens(self, texts: Sequence[str]) -> list[Embedding]:
        time.sleep(SECONDS_A_DOCUMENT)
        return super().embed_passages_in_tokens(texts)


def tell(report: AddReport) -> None:
    print(report.outcome.value, report.document_id, flush=True)


def work_without_end(settings: Settings) -> None:
    """Adds what waits on the server until it is killed."""
    assert settings.database
    embedder = SlowEmbedder(dimension=32, name="a")
    parser = InProcessParser(settings)
    with closing(Indexer(open_store(settings), settings, embedder, parser)) as indexer:
        work(settings.database, indexer, tell, until_empty=False, pace=QUICK)


if __name__ == "__main__":
    work_without_end(load_settings().model_copy(update={"data": Path(sys.argv[1])}))
