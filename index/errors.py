"""What can go wrong with the index, each with its remedy.

KamerantwoordError
├── UnreadableDocument        (of the pipeline)
│   ├── CostlyDocument        it takes more time or memory than the settings allow
│   └── MisunderstoodDocument it brought a mistake of ours to light
└── IndexFailure
    ├── IndexLocked           another program is writing and did not finish in time
    ├── IndexUnwritable       the disk is full, or may not be written
    │   └── ServerUnwritable  the disk of a database server is
    ├── IndexDamaged          the database breaks its own rules
    │   ├── DamagedCache      the vectors beside it are not what was written
    │   ├── DamagedCopy       what arrived in another store is not what was sent
    │   └── ServerDamaged     a database on a server breaks its own rules
    ├── NewerIndex            made by a later version of Kamerantwoord
    │   └── NewerServer       a database on a server was
    ├── ServerFailure         of a database server
    │   ├── ServerUnreachable it does not answer
    │   ├── ServerRefusal     it lets nobody in with this name, password or database
    │   ├── ServerUnfit       it lacks pgvector, or a right
    │   ├── ConnectionLost    it went away in the middle of something
    │   ├── ServerMissing     what only a server can do was asked without one
    │   └── LibrariesMissing  what is needed to speak with it is not installed
    ├── ModelMismatch         its vectors were made with another model
    ├── ParserUnavailable     the process that reads documents cannot be started
    ├── UnknownDocument       no document with that id
    ├── UnknownAnswer         no answer with that id
    ├── EmptyQuestion         nothing was asked
    ├── LostOriginal          the file as it came is gone or no longer what it was
    ├── UnfitFile             a path that is no plain file, or may not be read
    │   └── UnsettledFile     a file that changed while it was read
    └── ContradictoryDocument what was understood of it breaks the rules of the catalogue
"""

from __future__ import annotations

from pipeline.errors import KamerantwoordError, UnreadableDocument


class CostlyDocument(UnreadableDocument):
    """Reading the document takes more time or memory than the settings allow."""

    problem = "asks too much"
    remedy = "split it, or raise the KAMERANTWOORD_PARSE_ or KAMERANTWOORD_MAX_ settings"


class MisunderstoodDocument(UnreadableDocument):
    """The document brought a mistake of ours to light."""

    problem = "could not be understood"
    remedy = "please report it, with the trace in kamerantwoord.log of the data folder"


class IndexFailure(KamerantwoordError):
    """The root of what can go wrong with the index."""


class IndexLocked(IndexFailure):
    """Another program is writing and did not finish in time."""

    def __init__(self, path: str, holder: str) -> None:
        super().__init__(
            path, f"is being written by {holder}", "wait until that is done, then try again"
        )


class IndexUnwritable(IndexFailure):
    """The disk is full, or the folder may not be written."""

    remedy = "make room or grant write access, or set KAMERANTWOORD_DATA to another folder"

    def __init__(self, path: str, detail: str) -> None:
        super().__init__(path, f"cannot be written ({detail})", type(self).remedy)


class ServerUnwritable(IndexUnwritable):
    """The server cannot write, as when its disk is full."""

    remedy = "make room on the server, or set KAMERANTWOORD_DATABASE to another database"


class IndexDamaged(IndexFailure):
    """The database breaks its own rules; `detail` says which."""

    remedy = "run `kamerantwoord doctor`, or put a backup of the data folder back"

    def __init__(self, path: str, detail: str) -> None:
        self.detail = detail
        super().__init__(path, f"is damaged ({detail})", type(self).remedy)


THE_INDEX = (
    "the index"  # what rows call it, which do not know where they lie; stores name the place
)


class ServerDamaged(IndexDamaged):
    """A database on a server breaks its own rules."""

    remedy = "run `kamerantwoord doctor`, or put a backup of the database back"


class DamagedCopy(IndexDamaged):
    """What arrived in another store is not what was sent."""

    remedy = "run `kamerantwoord migrate-to` again"


class DamagedCache(IndexDamaged):
    """A vector in the cache is not what was written; readers make the cache anew and go on."""

    def __init__(self) -> None:
        super().__init__("the cache", "a vector in it was altered")


class NewerIndex(IndexFailure):
    """The index was made by a later version of Kamerantwoord."""

    remedy = "upgrade Kamerantwoord, or set KAMERANTWOORD_DATA to another folder"

    def __init__(self, path: str, found: int, known: int) -> None:
        super().__init__(
            path,
            f"has schema {found}, and this version knows no more than {known}",
            type(self).remedy,
        )


class NewerServer(NewerIndex):
    """A database on a server was made by a later version of Kamerantwoord."""

    remedy = "upgrade Kamerantwoord, or set KAMERANTWOORD_DATABASE to another database"


class ServerFailure(IndexFailure):
    """The root of what can go wrong with a database server."""


class ServerUnreachable(ServerFailure):
    """The server does not answer."""

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(
            name,
            f"cannot be reached ({detail})",
            "see that the server runs and that KAMERANTWOORD_DATABASE says where it is",
        )


class ServerRefusal(ServerFailure):
    """The server lets nobody in with this name, password or database."""

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(
            name,
            f"lets us not in ({detail})",
            "correct user, password and database in KAMERANTWOORD_DATABASE",
        )


class ServerUnfit(ServerFailure):
    """The server lacks what the index needs."""


class ConnectionLost(ServerFailure):
    """The server went away in the middle of something."""

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(
            name, f"broke off the connection ({detail})", "try again when the server runs"
        )


class ServerMissing(ServerFailure):
    """What only a server can do was asked without one."""

    def __init__(self) -> None:
        super().__init__(
            "the queue",
            "waits on a PostgreSQL server, and none is set",
            "set KAMERANTWOORD_DATABASE, or use `kamerantwoord add`",
        )


class LibrariesMissing(ServerFailure):
    """What is needed to speak with a server is not installed."""

    def __init__(self, library: str) -> None:
        super().__init__(
            "KAMERANTWOORD_DATABASE",
            f"names a server, and {library} is not installed",
            "run pip install 'kamerantwoord[postgresql]', or unset it",
        )


class ModelMismatch(IndexFailure):
    """The vectors in the index were made with another model, or otherwise with the same one."""

    def __init__(self, path: str, stored: str, given: str) -> None:
        super().__init__(
            path,
            f"was made with model {stored}, not with {given}",
            "set KAMERANTWOORD_MODEL back, or run `kamerantwoord rebuild`",
        )


class ParserUnavailable(IndexFailure):
    """The process that reads documents cannot be started."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            "the process that reads documents",
            f"cannot be started ({detail})",
            "see that there is memory left, and raise KAMERANTWOORD_PARSE_MEGABYTES",
        )


class UnknownDocument(IndexFailure):
    """No document has that id."""

    def __init__(self, document_id: str) -> None:
        super().__init__(
            document_id, "is no document in the index", "see `kamerantwoord list` for the ids"
        )


class UnknownAnswer(IndexFailure):
    """No answer has that id."""

    def __init__(self, answer_id: str) -> None:
        super().__init__(
            answer_id,
            "is no answer in the index",
            "its document may have been removed; search anew",
        )


class EmptyQuestion(IndexFailure):
    """Nothing was asked."""

    def __init__(self) -> None:
        super().__init__("the question", "is empty", "type what you want to know")


class LostOriginal(IndexFailure):
    """The file as it came is gone, or no longer what it was."""

    def __init__(self, path: str, detail: str) -> None:
        super().__init__(
            path,
            f"cannot be had ({detail})",
            "add the document again, or put a backup back",
        )


class UnfitFile(IndexFailure):
    """A path that is no plain file, or may not be read."""


class UnsettledFile(UnfitFile):
    """A file that changed while it was read."""

    def __init__(self, path: str) -> None:
        super().__init__(path, "changed while it was read", "add it again when it is complete")


class ContradictoryDocument(IndexFailure):
    """What was understood of a document breaks the rules of the catalogue."""

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(
            name, f"was understood in a way that cannot be kept ({detail})", "report this document"
        )
