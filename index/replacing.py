"""Which document a file belongs to: a new one, a former self, or one that is there already.

It decides from names, bytes and official ids alone; it does not read files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from index.commits import EmbeddedPassage
from index.models import AddReport, DocumentRecord, Outcome
from index.rows import official_id
from index.store import Commit, Snapshot
from pipeline.models import Parsed

# Best first, of the files that one official document comes in: a PDF has the pages that answers are
# cited by; of the others, XML says most of what its text is. Equal ones: the last that came.
RENDITIONS = (".pdf", ".xml", ".html", ".htm", ".odt", ".docx", ".txt")
NAME_MARK_DIGITS = 8  # hexadecimal digits that tell two files apart whose names give one slug


@dataclass(frozen=True, slots=True)
class Placement:
    """A document under the id it will have, its former selves, and its other files' sha256."""

    parsed: Parsed
    former: tuple[DocumentRecord, ...]
    files: dict[str, str]


def find_known(snapshot: Snapshot, name: str, sha256: str) -> AddReport | None:
    """The report on a file that need not be read, for its bytes were added before; else None."""
    same = snapshot.document_of_bytes(sha256)
    if same is not None:
        outcome = Outcome.UNCHANGED if same.name == name else Outcome.DUPLICATE
        return AddReport(name, outcome, same.id, same.kind)
    if snapshot.sha256_of_name(name) == sha256:  # another file of its document came after it
        shown = snapshot.document_of_name(name)
        return AddReport(name, Outcome.DUPLICATE, shown.id, shown.kind) if shown else None
    return None


def rendition_rank(name: str) -> int:
    """How far down a file of this name stands among the renditions of one document."""
    suffix = Path(name).suffix.lower()
    return RENDITIONS.index(suffix) if suffix in RENDITIONS else len(RENDITIONS)


def find_better(snapshot: Snapshot, parsed: Parsed) -> DocumentRecord | None:
    """The same official document, if it is there from a better rendition under another name."""
    name, shown = parsed.document.name, snapshot.find_document(parsed.id)
    if not shown or not shown.metadata.official_id or not official_id(parsed):
        return None
    better = rendition_rank(shown.name) < rendition_rank(name)
    return shown if better and shown.name != name else None


def find_shown(snapshot: Snapshot, name: str) -> DocumentRecord | None:
    """The document that is shown from a file of this name, if there is one."""
    holder = snapshot.document_of_name(name)
    return holder if holder and holder.name == name else None


def find_placement(snapshot: Snapshot, parsed: Parsed) -> Placement:
    """Where a document goes.

    It takes the place of the document that is shown from its file name, and of the one with its
    official id. A document without an official id keeps the id it had, and is told apart from
    another file whose name happens to give the same slug.
    """
    former = find_shown(snapshot, parsed.document.name)
    official = official_id(parsed)
    if former and not official and not former.metadata.official_id:
        return _placed(snapshot, replace(parsed, id=former.id), former)
    namesake = snapshot.find_document(parsed.id)
    if namesake and not official and not namesake.metadata.official_id:
        return _placed(snapshot, replace(parsed, id=f"{parsed.id}-{_mark(parsed)}"), former)
    return _placed(snapshot, parsed, former, namesake)


def replace_documents(
    commit: Commit, placement: Placement, embedded: Sequence[EmbeddedPassage]
) -> None:
    """Keeps a document in the place of its former selves."""
    parsed = placement.parsed
    for record in placement.former:
        commit.remove_document(record.id)
    commit.add_document(parsed, embedded, datetime.now(UTC))
    for name, sha256 in placement.files.items():
        commit.add_file(name, sha256, parsed.id)


def _placed(snapshot: Snapshot, parsed: Parsed, *former: DocumentRecord | None) -> Placement:
    selves = {record.id: record for record in former if record}
    itself = {parsed.document.name: parsed.document.sha256}
    return Placement(parsed, tuple(selves.values()), snapshot.files(parsed.id) | itself)


def _mark(parsed: Parsed) -> str:
    return hashlib.sha256(parsed.document.name.encode()).hexdigest()[:NAME_MARK_DIGITS]
