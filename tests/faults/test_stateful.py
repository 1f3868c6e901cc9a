"""Any sequence of changes, crashes and reopenings agrees with a plain dictionary."""

import hashlib
import shutil
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from index.catalogue import Catalogue
from index.commits import SqliteCommit
from index.errors import UnknownDocument
from index.indexing import Indexer
from index.models import Outcome
from index.reports import unheard
from index.search import Searcher
from index.sweeping import Sweep, find_all
from index.syncing import prune
from pipeline.settings import Settings
from tests.faults.laboratory import contents, embedder, open_indexer, rounds, tally

NAMES = st.sampled_from([f"stuk-{number}.txt" for number in range(4)])
VARIANTS = st.integers(0, 4)
MODELS = st.sampled_from("ab")


class Crash(Exception):
    """The process ends here."""


class AgainstADictionary(RuleBasedStateMachine):
    """An index, and a dictionary that should agree with it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.settings = Settings(data=self.folder / "data")
        self.kept: dict[str, bytes] = {}
        self.model = "a"
        self.open_all()

    def open_all(self) -> None:
        self.opened = ExitStack()
        self.indexer: Indexer = self.opened.enter_context(
            closing(open_indexer(self.settings, self.model))
        )
        self.searcher = self.opened.enter_context(
            closing(Searcher.open(self.settings, embedder(self.model)))
        )

    def teardown(self) -> None:
        self.opened.close()
        shutil.rmtree(self.folder)

    @rule(name=NAMES, variant=VARIANTS)
    def add(self, name: str, variant: int) -> None:
        data = contents("zaak", variant)  # two names may have the same bytes
        report = self.indexer.add_bytes(data, name)
        assert report.outcome is self.expected_outcome(name, data)
        if report.outcome in (Outcome.INDEXED, Outcome.REPLACED):
            self.kept[name] = data
        tally[f"stateful: {report.outcome.value}"] += 1

    def expected_outcome(self, name: str, data: bytes) -> Outcome:
        if self.kept.get(name) == data:
            return Outcome.UNCHANGED
        if data in self.kept.values():
            return Outcome.DUPLICATE
        return Outcome.REPLACED if name in self.kept else Outcome.INDEXED

    @rule(name=NAMES)
    def remove(self, name: str) -> None:
        if name not in self.kept:
            with pytest.raises(UnknownDocument):
                self.indexer.remove(name.removesuffix(".txt"))
            return
        self.indexer.remove(name.removesuffix(".txt"))
        del self.kept[name]
        tally["stateful: removed"] += 1

    @rule(folder=st.dictionaries(NAMES, VARIANTS, min_size=1), pruned=st.booleans())
    def sync(self, folder: dict[str, int], pruned: bool) -> None:
        files = {name: contents("zaak", variant) for name, variant in folder.items()}
        place = self.folder / "stukken"
        place.mkdir()
        for name, data in files.items():
            (place / name).write_bytes(data)
        with (
            closing(Catalogue.open(self.settings)) as catalogue,
            closing(Sweep(catalogue, self.settings, self.another_indexer)) as sweep,
        ):
            list(sweep.run(find_all([place]), lambda _: unheard))
            for name, data in sorted(files.items()):
                if data not in self.kept.values():
                    self.kept[name] = data
            if pruned:
                list(prune(catalogue, sweep))
                self.kept = {n: d for n, d in self.kept.items() if d in files.values()}
        shutil.rmtree(place)
        tally["stateful: synced"] += 1

    def another_indexer(self) -> Indexer:
        return open_indexer(self.settings, self.model)

    @rule(model=MODELS)
    def rebuild(self, model: str) -> None:
        with closing(open_indexer(self.settings, model, any_model=True)) as indexer:
            indexer.rebuild()
        self.model = model
        self.reopen()
        tally["stateful: rebuilt"] += 1

    @rule(name=NAMES, variant=VARIANTS)
    def crash_in_the_middle_of_a_commit(self, name: str, variant: int) -> None:
        def crash(_: SqliteCommit) -> None:
            raise Crash

        data = contents("zaak", variant)
        known = self.expected_outcome(name, data) in (Outcome.UNCHANGED, Outcome.DUPLICATE)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(SqliteCommit, "advance", crash)
            if known:
                self.indexer.add_bytes(data, name)
            else:
                with pytest.raises(Crash):
                    self.indexer.add_bytes(data, name)
        self.reopen()
        tally["stateful: crashed"] += 1

    @rule()
    def reopen(self) -> None:
        self.opened.close()
        self.open_all()

    @invariant()
    def agrees_on_what_is_there(self) -> None:
        with closing(Catalogue.open(self.settings)) as catalogue:
            documents = {r.name: (r.id, r.sha256) for r in catalogue.documents()}
        assert documents == {
            name: (name.removesuffix(".txt"), hashlib.sha256(data).hexdigest())
            for name, data in self.kept.items()
        }

    @invariant()
    def agrees_on_what_is_found(self) -> None:
        for variant in range(5):
            answer = f"Vuurtoren {variant} van zaak brandt vaak."
            hits = self.searcher.search(answer, 20).hits
            found = {h.found.document.name for h in hits if h.found.exchange.answer == answer}
            expected = {n for n, data in self.kept.items() if data == contents("zaak", variant)}
            assert found == expected

    @invariant()
    def keeps_the_originals_of_what_is_there(self) -> None:
        originals = self.settings.originals
        for data in self.kept.values():
            assert (originals / hashlib.sha256(data).hexdigest()).read_bytes() == data


TestAgainstADictionary = pytest.mark.timeout(1800)(AgainstADictionary.TestCase)
TestAgainstADictionary.settings = settings(
    max_examples=rounds(full=150, short=6),
    stateful_step_count=rounds(full=30, short=12),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
