"""What can go wrong between a file and its vectors.

KamerantwoordError            carries what happened, to what, and the remedy
├── UnreadableDocument        a file from which no text can be had
│   ├── UnknownFormat         no format we read
│   ├── BrokenDocument        of a known format, but damaged
│   ├── EncryptedDocument     needs a password
│   ├── TextlessDocument      pages without text, such as a scan
│   ├── EmptyDocument         no bytes at all
│   └── OversizedDocument     larger than the limits in the settings
├── MissingPath               no such file or folder
├── BadSettings               a setting that is unknown or cannot be right
└── ModelUnavailable          the embedding model cannot be loaded
"""

from __future__ import annotations


class KamerantwoordError(Exception):
    """The root of all errors that a user can do something about."""

    def __init__(self, subject: str, problem: str, remedy: str) -> None:
        self.subject = subject
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{subject}: {problem}; {remedy}")


class UnreadableDocument(KamerantwoordError):
    """A file from which no text can be had."""

    problem = "cannot be read"
    remedy = "check that it is the file you mean"

    def __init__(self, name: str, detail: str = "") -> None:
        problem = f"{type(self).problem} ({detail})" if detail else type(self).problem
        super().__init__(name, problem, type(self).remedy)


class UnknownFormat(UnreadableDocument):
    """Bytes of no format that is read here."""

    problem = "is not a document of a known format"
    remedy = "add it as PDF, Word, ODT, HTML, XML or plain text"


class BrokenDocument(UnreadableDocument):
    """A file of a known format that is damaged."""

    problem = "is damaged"
    remedy = "download it again, or open it and save it anew"


class EncryptedDocument(UnreadableDocument):
    """A file that asks for a password."""

    problem = "is encrypted"
    remedy = "save it without a password first"


class TextlessDocument(UnreadableDocument):
    """Pages without text, such as a scan."""

    problem = "holds no text, perhaps it is a scan"
    remedy = "run text recognition (OCR) over it first, for instance with ocrmypdf"


class EmptyDocument(UnreadableDocument):
    """A file of no bytes."""

    problem = "is empty"
    remedy = "download it again"


class OversizedDocument(UnreadableDocument):
    """A file larger than the settings allow."""

    problem = "is larger than allowed"
    remedy = "split it, or raise the KAMERANTWOORD_MAX_ settings"


class MissingPath(KamerantwoordError):
    """No such file or folder."""

    def __init__(self, path: str) -> None:
        super().__init__(path, "does not exist", "check the path")


class BadSettings(KamerantwoordError):
    """A setting that is unknown or cannot be right."""


class ModelUnavailable(KamerantwoordError):
    """The embedding model cannot be loaded."""
