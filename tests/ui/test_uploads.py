"""How far a file is and how long it will still take, as its keeper is told."""

import pytest

from index.models import AddReport, Outcome, Progress, Stage
from ui.languages import TEXTS
from ui.report import reports
from ui.uploads import Upload


def embedding(done: int, after: float, total: int = 400) -> Upload:
    """A file of which so many passages were embedded after so many seconds."""
    upload = Upload(1, "verslag.pdf", b"")
    upload = upload.told(Progress(Stage.READ, 0, 1), now=90.0)
    upload = upload.told(Progress(Stage.EMBED, 0, total), now=100.0)
    return upload.told(Progress(Stage.EMBED, done, total), now=100.0 + after)


@pytest.mark.parametrize(
    ("done", "after", "said"),
    [
        (0, 0.0, "wordt doorzoekbaar gemaakt, 0 van 400"),
        (40, 20.0, "wordt doorzoekbaar gemaakt, 40 van 400, nog ongeveer 3 minuten"),
        (200, 56.0, "wordt doorzoekbaar gemaakt, 200 van 400, nog ongeveer 1 minuut"),
        (320, 160.0, "wordt doorzoekbaar gemaakt, 320 van 400, nog ongeveer 40 seconden"),
        (399, 200.0, "wordt doorzoekbaar gemaakt, 399 van 400, nog ongeveer 5 seconden"),
    ],
)
def test_time_left_is_told_from_the_pace_so_far(done: int, after: float, said: str) -> None:
    [report] = reports([embedding(done, after)], TEXTS["nl"])
    assert report.said == said
    assert report.fraction == done / 400


def test_counts_are_told_of_what_was_read_and_not_of_what_was_there() -> None:
    read = AddReport("a.txt", Outcome.INDEXED, "a", exchanges=5, unanswered=3)
    there = AddReport("b.txt", Outcome.DUPLICATE, "a")
    queue = [Upload(at, each.name, b"", report=each) for at, each in enumerate((read, there))]
    facts = [report.facts for report in reports(queue, TEXTS["nl"])]
    assert {"2 antwoorden", "3 vragen, nog niet beantwoord"} <= set(facts[0])
    assert facts[1] == ("a",)


def test_stage_without_counts_says_what_is_done_and_no_time() -> None:
    upload = Upload(1, "verslag.pdf", b"").told(Progress(Stage.READ, 1, 1), now=5.0)
    [report] = reports([upload], TEXTS["en"])
    assert report.said == TEXTS["en"].documents.stages[Stage.READ]
    assert report.fraction is None
