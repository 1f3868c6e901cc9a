"""The command `kamerantwoord evaluate`: how well the index answers questions that are judged."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer

from index.desk import Desk
from index.errors import UnfitFile
from index.terminal import counting

evaluation = typer.Typer()


@evaluation.command()
def evaluate(
    context: typer.Context,
    queries: Annotated[
        Path | None, typer.Argument(help="JSON with questions and their right answers.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
    against: Annotated[
        Path | None, typer.Option(help="What an earlier run gave with --json: shows who won.")
    ] = None,
    kvr: Annotated[
        Path | None,
        typer.Option(help="A collection of written questions, to be measured in its own index."),
    ] = None,
    documents: Annotated[
        int | None, typer.Option(help="Only so many documents of that collection.", min=1)
    ] = None,
) -> None:
    """Measure how well the index answers questions whose answers are known."""
    if kvr is not None and queries is None:
        measured = _measure_written(context.obj, kvr, documents)
    elif queries is not None and kvr is None:
        measured = _measure(context.obj, queries, against)
    else:
        raise typer.BadParameter("give a file of questions, or --kvr with a collection")
    typer.echo(json.dumps(measured, ensure_ascii=False, indent=2) if as_json else _text(measured))


def _measure(desk: Desk, queries: Path, against: Path | None) -> dict[str, Any]:
    from index.evaluation import (  # noqa: PLC0415
        ask_all,
        differences,
        read_out_of_scope,
        read_questions,
        report,
    )

    questions, out_of_scope = read_questions(queries), read_out_of_scope(queries)
    before = _read_run(against) if against else {}
    with closing(desk.workshop.searcher(desk.settings)) as searcher:
        asked = ask_all(searcher.search, questions)
        measured = report(asked, ask_all(searcher.search, out_of_scope))
    changed = differences(measured["questions"], before.get("questions", {}))
    if against:
        measured["changed"] = {name: list(pair) for name, pair in changed.items()}
    return measured


def _measure_written(desk: Desk, collection: Path, documents: int | None) -> dict[str, Any]:
    from index.kvr import read_kvr  # noqa: PLC0415
    from index.kvr_evaluation import evaluate_written  # noqa: PLC0415

    written = read_kvr(collection)[:documents]
    embedder = desk.workshop.embedder(desk.settings)
    with counting(2 * len(written)) as count:
        return evaluate_written(
            desk.settings, embedder, written, lambda done, _: count("embedding", done)
        )


def _read_run(path: Path) -> dict[str, Any]:
    try:
        run: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        dict(run["questions"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        problem = f"is not what `evaluate --json` gave ({error})"
        raise UnfitFile(str(path), problem, "run it with --json and keep what it prints") from error
    return run


def _text(measured: dict[str, Any]) -> str:
    """The scores as a table; of a collection one for each kind of question."""
    if "all" in measured:
        return _table(measured)
    return "\n\n".join(
        f"{kind}, {way}\n{_table(scores)}"
        for kind, ways in measured.items()
        for way, scores in ways.items()
    )


def _table(measured: dict[str, Any]) -> str:
    rows = {"all": measured["all"], **measured["by_language"]}
    names = list(measured["all"])
    lines = ["".join(f"{name:>11}" for name in ["", *names])]
    lines += [
        f"{title:>11}" + "".join(f"{scores.get(name, 0):>11.3f}" for name in names)
        for title, scores in rows.items()
    ]
    lines += [
        f"{name}: {share if share is None else f'{share:.3f}'}"
        for name, share in measured["abstention"].items()
    ]
    latency = measured["latency_ms"]
    lines.append(f"p50 {latency['p50']} ms, p95 {latency['p95']} ms")
    for name, (before, now) in measured.get("changed", {}).items():
        lines.append(f"{'won ' if now > before else 'lost'} {name}: {before:.2f} → {now:.2f}")
    return "\n".join(lines)
