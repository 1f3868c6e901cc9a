"""A process that changes an index without end, and is meant to be killed."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from index.locking import writer_lock
from index.migrations import MIGRATIONS, migrate
from index.models import Outcome
from index.moving import move_all
from index.stores import open_store
from pipeline.settings import Settings
from tests.faults.laboratory import contents, open_indexer

NAMES = tuple(f"stuk-{number}.txt" for number in range(6))
MODELS = {"a": "b", "b": "a"}
NEXT_STEP = """
ALTER TABLE exchanges ADD COLUMN trial TEXT NOT NULL DEFAULT '';
UPDATE exchanges SET trial = upper(answer);
CREATE TABLE trial AS WITH RECURSIVE counter (n) AS
    (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < 50000) SELECT n FROM counter;
"""


@dataclass(frozen=True)
class State:
    """What is in the index: for each name its variant, and the model."""

    variants: dict[str, int]
    model: str

    def after(self, operation: Sequence[str]) -> State:
        """What is in the index when the operation is done."""
        kind, name, variant = operation
        if kind == "rebuild":
            return State(self.variants, name)
        others = {known: v for known, v in self.variants.items() if known != name}
        return State(others | ({name: int(variant)} if kind == "add" else {}), self.model)

    def documents(self) -> dict[str, bytes]:
        """The files that the documents were made of."""
        return {name: contents(name, variant) for name, variant in self.variants.items()}


def change_without_end(settings: Settings, journal: Path, seed: int, state: State) -> None:
    """Adds, replaces, removes and rebuilds at random; notes each before and after it is done."""
    chance = random.Random(seed)
    with journal.open("w") as log:
        while True:
            operation = _choose(chance, state)
            _note(log, operation)
            _carry_out(settings, state.model, operation)
            state = state.after(operation)
            _note(log, ("done", "", ""))


def read_journal(journal: Path, state: State) -> tuple[State, State, str]:
    """What was surely done, what may have been done on top of it, and what that was."""
    lines = journal.read_text().splitlines() if journal.exists() else []
    pending = None
    for line in lines:
        operation = json.loads(line)
        if operation[0] == "done" and pending:
            state, pending = state.after(pending), None
        else:
            pending = operation
    return state, state.after(pending) if pending else state, pending[0] if pending else "nothing"


def move_once(source: Settings, target: Settings) -> None:
    """Copies all that one store keeps to another."""
    with closing(open_store(source)) as ours, closing(open_store(target)) as theirs:
        for _ in move_all(ours, theirs):
            pass


def migrate_once(data: Path) -> None:
    """Takes a step that a later version might take."""
    with (
        writer_lock(data),
        closing(sqlite3.connect(data / "kamerantwoord.db", isolation_level=None)) as connection,
    ):
        migrate(connection, data / "backups", (*MIGRATIONS, NEXT_STEP))


def _choose(chance: random.Random, state: State) -> tuple[str, str, str]:
    kind = chance.choices(("add", "remove", "rebuild"), (6, 2, 1))[0]
    if kind == "remove" and state.variants:
        return "remove", chance.choice(sorted(state.variants)), ""
    if kind == "rebuild":
        return "rebuild", MODELS[state.model], ""
    return "add", chance.choice(NAMES), str(chance.randrange(1000))


def _carry_out(settings: Settings, model: str, operation: tuple[str, str, str]) -> None:
    kind, name, variant = operation
    with closing(
        open_indexer(settings, name if kind == "rebuild" else model, any_model=True)
    ) as it:
        if kind == "rebuild":
            it.rebuild()
        elif kind == "remove":
            it.remove(name.removesuffix(".txt"))
        else:
            report = it.add_bytes(contents(name, int(variant)), name)
            assert report.outcome is not Outcome.FAILED, report.problem


def _note(log: TextIO, operation: tuple[str, str, str]) -> None:
    log.write(json.dumps(operation) + "\n")
    log.flush()
