"""`python -m samples.typeset`: makes every document in `samples/documents` from its manuscript."""

from __future__ import annotations

from pathlib import Path

from samples.forms import FORMS
from samples.letter import make_docx
from samples.manuscript import read_manuscript
from samples.sheets import make_pdf

HERE = Path(__file__).parent
TEXTS = HERE / "texts"
DOCUMENTS = HERE / "documents"


def make_documents() -> dict[str, bytes]:
    """Every sample document by its file name."""
    return dict(_make(path) for path in sorted(TEXTS.glob("*.txt")))


def _make(path: Path) -> tuple[str, bytes]:
    manuscript = read_manuscript(path.read_text(encoding="utf-8"))
    form = manuscript.front["form"]
    if form == "word":
        return f"{path.stem}.docx", make_docx(manuscript)
    return f"{path.stem}.pdf", make_pdf(manuscript, FORMS[form])


def main() -> None:
    """Write the documents and name them."""
    DOCUMENTS.mkdir(exist_ok=True)
    for name, data in make_documents().items():
        (DOCUMENTS / name).write_bytes(data)
        print(f"{DOCUMENTS / name}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
