"""A worker: takes files that wait on the server, understands and embeds them, and keeps them.

It may be killed at any moment. A file leaves the queue only when its document is kept; one that a
killed worker had in hand is taken by another when the first was not heard of for a while, and was it
kept after all, its bytes are found to be there. While the server is away, the worker waits for it.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import closing, suppress
from dataclasses import dataclass

import psycopg
from procrastinate import App, RetryStrategy
from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout
from pydantic import SecretStr

from index.indexing import Indexer
from index.models import AddReport, Outcome
from index.postgres.connecting import Address
from index.postgres.queue import ATTEMPTS, QUEUE, SECONDS_APART, TASK, Queue, worker_app
from index.waiting import Heard

logger = logging.getLogger(__name__)

AWAY = (ConnectorException, psycopg.OperationalError, PoolTimeout)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a worker is heard of, and after how long it counts as dead; seconds."""

    heartbeat: float = 5.0
    dead_after: float = 30.0
    poll: float = 5.0  # new files are heard of at once; this is for notes that went astray
    again: float = 1.0  # until a server that went away is tried again


def work(
    where: SecretStr, indexer: Indexer, on_file: Heard, *, until_empty: bool, pace: Pace = Pace()
) -> None:
    """Adds files that wait, one after the other, until there are none or an end is asked."""
    with closing(Queue.open(where)) as queue:
        asyncio.run(_work(Address(where), queue, indexer, on_file, until_empty, pace))


async def _work(
    address: Address,
    queue: Queue,
    indexer: Indexer,
    on_file: Heard,
    until_empty: bool,
    pace: Pace,
) -> None:
    while True:
        app = worker_app(address)
        _register(app, queue, indexer, on_file)
        try:
            async with app.open_async():
                finding = asyncio.create_task(_free_stalled(app, pace))
                try:
                    await app.run_worker_async(
                        queues=[QUEUE],
                        wait=not until_empty,
                        delete_jobs="always",
                        fetch_job_polling_interval=pace.poll,
                        update_heartbeat_interval=pace.heartbeat,
                        stalled_worker_timeout=pace.dead_after,
                    )
                finally:
                    finding.cancel()
                    with suppress(asyncio.CancelledError, *AWAY):
                        await finding
            return
        except AWAY as error:
            logger.warning("The server is away (%s); it is tried again", error)
            await asyncio.sleep(pace.again)


def _register(app: App, queue: Queue, indexer: Indexer, on_file: Heard) -> None:
    retry = RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=SECONDS_APART)

    @app.task(name=TASK, queue=QUEUE, retry=retry)
    def add_document(arrival: int) -> None:
        add_arrival(queue, indexer, arrival, on_file)


def add_arrival(queue: Queue, indexer: Indexer, arrival: int, on_file: Heard) -> None:
    """Adds one file that waits; what is wrong with the file itself is noted and not tried again."""
    taken = queue.take(arrival)
    if taken is None:
        return
    name, data = taken
    report: AddReport = indexer.add_bytes(data, name)
    if report.outcome is Outcome.FAILED:
        queue.failed(arrival, report.problem)
    else:
        queue.done(arrival)
    on_file(report)


async def _free_stalled(app: App, pace: Pace) -> None:
    """Gives what dead workers had in hand back to the queue, again and again."""
    while True:
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=pace.dead_after):
            with suppress(ConnectorException):  # another worker was first
                await app.job_manager.retry_job(job)
                logger.warning("Job %s was left by a worker that died", job.id)
        await asyncio.sleep(pace.dead_after / 2)
