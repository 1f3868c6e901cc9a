import os
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import CostlyDocument, MisunderstoodDocument, ParserUnavailable
from index.parser import Parser
from index.parser_process import Stumble, Task, answer
from pipeline.errors import EmptyDocument, TextlessDocument
from pipeline.layouts import parse
from pipeline.reading import Limits, read_document
from pipeline.settings import Settings
from tests.index.papers import BEACONS, DIKES

SLOW = b"Een zin over de vuurtoren, met 12 woorden en Kamerstuk 36 600, nr. 5. \n" * 400_000


@pytest.fixture
def parser(tmp_path: Path) -> Iterator[Parser]:
    opened = Parser(Settings(data=tmp_path, parse_seconds=2))
    yield opened
    opened.close()


def test_a_document_comes_back_as_if_it_were_parsed_here(parser: Parser) -> None:
    futures = [parser.submit(data, f"{at}.txt") for at, data in enumerate((BEACONS, DIKES))]
    assert [future.result() for future in futures] == [
        parse(read_document(BEACONS, "0.txt")),
        parse(read_document(DIKES, "1.txt")),
    ]


def test_a_refusal_keeps_its_class_and_its_words(parser: Parser) -> None:
    for data, error in ((b"", EmptyDocument), (b"   \n ", TextlessDocument)):
        with pytest.raises(error, match=r"^leeg\.txt: .*; ") as raised:
            parser.submit(data, "leeg.txt").result()
        assert raised.value.remedy == error.remedy


def test_a_document_that_takes_too_long_is_given_up_and_the_next_is_read(parser: Parser) -> None:
    slow = parser.submit(SLOW, "traag.txt")
    following = parser.submit(BEACONS, "vuurtorens.txt")
    with pytest.raises(CostlyDocument, match="not read within 2 s"):
        slow.result()
    assert len(following.result().exchanges) == 2


def test_a_child_that_was_ended_is_replaced(parser: Parser) -> None:
    parser.submit(BEACONS, "vuurtorens.txt").result()
    running = parser._child._running
    assert running is not None

    slow = parser.submit(SLOW, "traag.txt")
    os.kill(running.process.pid, signal.SIGKILL)
    with pytest.raises(CostlyDocument, match="SIGKILL"):
        slow.result()
    assert len(parser.submit(DIKES, "dijken.txt").result().exchanges) == 1


def test_an_open_parser_leaves_no_process_behind(tmp_path: Path) -> None:
    parser = Parser(Settings(data=tmp_path))
    parser.submit(BEACONS, "vuurtorens.txt").result()
    running = parser._child._running
    assert running is not None
    del parser
    assert running.process.poll() is not None


def test_a_mistake_of_ours_is_told_with_its_trace() -> None:
    stumble = answer(Task(3, "kapot.txt", Limits(), 1))  # type: ignore[arg-type]
    assert isinstance(stumble, Stumble)
    assert "Traceback" in stumble.trace


def test_a_mistake_of_ours_fails_that_document_alone(parser: Parser) -> None:
    with pytest.raises(MisunderstoodDocument, match="please report it"):
        parser.submit(3, "kapot.txt").result()  # type: ignore[arg-type]
    assert parser.submit(BEACONS, "vuurtorens.txt").result().exchanges


@pytest.mark.parametrize(
    ("child", "problem"),
    [
        ("raise SystemExit({} - {})", "ended before it was ready"),
        ("import time; time.sleep(60)  # {} {}", r"not ready after 0\.2 s"),
    ],
)
def test_a_process_that_cannot_start_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, child: str, problem: str
) -> None:
    monkeypatch.setattr("index.parser.CHILD", child)
    if "sleep" in child:
        monkeypatch.setattr("index.parser.START_SECONDS", 0.2)
    with (
        closing(Parser(Settings(data=tmp_path))) as parser,
        pytest.raises(ParserUnavailable, match=problem),
    ):
        parser.submit(BEACONS, "vuurtorens.txt").result()
