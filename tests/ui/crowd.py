"""How the page holds up when many people ask at once: `python -m tests.ui.crowd`.

Each person is a real websocket session that asks a question, waits for the page to be whole, reads
for a few seconds and asks again. It speaks Streamlit's own messages, so that twenty people fit on a
small machine where twenty browsers would not.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.corpus import questions
from tests.browser import serving, wait_until_warm
from tests.ui.large_index import large_index

PEOPLE = 20
MINUTES = 10.0
READING = (3.0, 8.0)  # seconds between an answer and the next question
PATIENCE = 30.0  # seconds after which a question counts as failed
CARD = '<article class="ka-card"'
MOST_BYTES = 64 << 20


@dataclass
class Tally:
    """What the people met, in seconds, the memory of the server in MB as time went
    on, and the seconds of processor it used."""

    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    processor: float = 0.0


async def person(url: str, asked: Iterator[str], until: float, tally: Tally) -> None:
    """Ask and read until the time is over."""
    cards: set[str] = set()
    stream = url.replace("http", "ws") + "/_stcore/stream"
    async with connect(stream, subprotocols=["streamlit"], max_size=MOST_BYTES) as connection:  # type: ignore[list-item]
        while time.monotonic() < until:
            await asyncio.sleep(random.uniform(*READING))
            try:
                async with asyncio.timeout(PATIENCE):
                    first, whole = await ask(connection, next(asked), cards)
                tally.first.append(first)
                tally.whole.append(whole)
            except (TimeoutError, ValueError) as error:
                tally.failures.append(repr(error))


async def ask(connection: ClientConnection, question: str, cards: set[str]) -> tuple[float, float]:
    """Seconds until the first answer came and until the page was whole.

    `cards` holds the hashes of the cards that this session was sent.
    """
    message = BackMsg()
    message.rerun_script.query_string = urlencode({"vraag": question})
    started, first = time.monotonic(), 0.0
    await connection.send(message.SerializeToString())
    while True:
        data = await connection.recv()
        told = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
        kind = told.WhichOneof("type")
        if kind == "delta" and CARD in told.delta.new_element.html.body:
            cards.add(told.hash)
            first = first or time.monotonic() - started
        if kind == "ref_hash" and told.ref_hash in cards:  # a card that was sent before
            first = first or time.monotonic() - started
        if kind == "script_finished":
            if told.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY or not first:
                raise ValueError(f"no answer: {told.script_finished}")
            return first, time.monotonic() - started


async def watch_memory(process: int, until: float, tally: Tally) -> None:
    """Note what the server takes, every few seconds."""
    before = processor_seconds(process)
    while time.monotonic() < until:
        status = Path(f"/proc/{process}/status").read_text()
        resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        tally.memory.append(int(resident.split()[1]) / 1024)
        await asyncio.sleep(5)
    tally.processor = processor_seconds(process) - before


def processor_seconds(process: int) -> float:
    """The seconds of processor a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def crowd(url: str, process: int, people: int, seconds: float) -> Tally:
    """So many people for so long."""
    tally, until = Tally(), time.monotonic() + seconds
    asked = iter(questions(100_000, seed=7))
    await asyncio.gather(
        watch_memory(process, until, tally),
        *(person(url, asked, until, tally) for _ in range(people)),
    )
    return tally


def main() -> None:
    """Run the crowd against a server of its own and print what it met."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, help="a data folder; filled first if it is empty")
    options.add_argument("--people", type=int, default=PEOPLE)
    options.add_argument("--minutes", type=float, default=MINUTES)
    given = options.parse_args()
    with large_index(given.data) as data, serving(data) as site:
        print(wait_until_warm(site))
        tally = asyncio.run(crowd(site.url, site.process, given.people, given.minutes * 60))
    for name, times in (("first answer", tally.first), ("whole page", tally.whole)):
        p50, p95 = np.percentile(times, [50, 95])
        print(f"{name}: {len(times)} questions, p50 {p50:.2f} s, p95 {p95:.2f} s")
    print(f"the server used {tally.processor / len(tally.whole):.3f} s of processor a question")
    steady = tally.memory[len(tally.memory) // 4 :]
    print(f"memory: {steady[0]:.0f} MB after a quarter, {steady[-1]:.0f} MB at the end")
    print(f"failures: {len(tally.failures)} {tally.failures[:3]}")


if __name__ == "__main__":
    main()
