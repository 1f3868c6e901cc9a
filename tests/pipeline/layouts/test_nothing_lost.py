"""What stands in a real file's questions and answers stands in its exchanges, and nothing else.

The words are counted in the raw file by other means than the readers: pypdf's plain text, the text
elements of Word and of the official XML.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import docx
import pypdf
import pytest
from lxml import etree

from pipeline.layouts import parse
from pipeline.models import Parsed
from pipeline.reading import read_document
from tests.shared import DOCUMENTS, needs_shared

pytestmark = needs_shared()

MIN_KEPT = 0.99  # of the words of questions and answers

FURNITURE = re.compile(
    r"^\s*(?:(?:ah-tk|kst)-[\d-]+|ISSN .*|’s-Gravenhage .*|Tweede Kamer, vergaderjaar .*|Kenmerk"
    r"|Tweede Kamer der Staten-Generaal|P\s?agina \d+ van \d+"
    r"|IENW/BSK-\d{4}/\d+|\d{1,3})\s*$",
    re.M,
)
LABELS = re.compile(
    r"^\s*(?:(?:Vraag|Antwoord(?:en)?)(?:\s+(?:op\s+)?(?:vra(?:ag|gen))?)?[\d ,ent/m–-]*\s*:?|Mededeling"
    r"|\d+\. Antwoord van het kabinet|(?:I\s+)?Vragen en opmerkingen van.{0,80}|\d{1,3}[.:]?)\s*$",
    re.M,
)
# Where the questions begin, and the askers' explanation that follows the last answer.
BEGINNING = re.compile(
    r"^\s*(?:Vraag 1\b|1\.\s|1\s*$|I\s+Vragen en opmerkingen|Geachte voorzitter)", re.M
)
EXPLANATION = re.compile(r"^\s*Toelichting:", re.M)
FURNITURE_WORDS = re.compile(
    r"ISSN|’s-Gravenhage 20|vergaderjaar \d{4}–\d{4}, Aanhangsel \d|Retouradres|Pagina \d+ van \d+|BSK-20"
)
FILES = sorted(path.name for path in DOCUMENTS.glob("*")) if DOCUMENTS.is_dir() else []


def raw_text(path: Path) -> str:
    """The text of a file as its format's own library gives it, notes included."""
    if path.suffix == ".pdf":
        pages = pypdf.PdfReader(path).pages
        return "\n".join(page.extract_text() for page in pages)
    if path.suffix == ".docx":
        return _word_text(path)
    if path.suffix in (".xml", ".html"):
        root = etree.fromstring(path.read_bytes(), etree.HTMLParser(encoding="utf-8"))
        parts = root.xpath(
            "//vraag | //antwoord | //div[@class='vraag' or @class='antwoord'] | //body"
        )
        chosen = parts if len(parts) > 1 else root.xpath("//tekst | //div[@class='algemeen']")
        return "\n".join(" ".join(part.itertext()) for part in chosen if part.tag != "body")
    if path.suffix == ".odt":
        return ""  # the motion; it is compared with its XML elsewhere
    return path.read_text(encoding="utf-8")


def _word_text(path: Path) -> str:
    document = docx.Document(str(path))
    notes = [
        part.blob for part in document.part.package.iter_parts() if "footnotes" in part.partname
    ]
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    texts = [
        "".join(text.text or "" for text in paragraph.iter(word + "t"))
        for blob in notes
        for paragraph in etree.fromstring(blob).iter(word + "p")
    ]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *texts])


def words(text: str) -> Counter[str]:
    """The words of a text, a hyphen within one passed over, wherever lines end."""
    joined = re.sub(r"[-\u00ad]\s*\n\s*|[-\u00ad–]", "", text)
    return Counter(re.findall(r"[^\W\d_]+", joined))


def answered_text(text: str) -> str:
    """The questions and answers of a raw text, without labels and what belongs to pages."""
    beginning = BEGINNING.search(text)
    text = text[beginning.start() if beginning else 0 :]
    explanation = EXPLANATION.search(text)
    text = text[: explanation.start() if explanation else None]
    return LABELS.sub("", FURNITURE.sub("", text))


def kept_text(document: Parsed) -> str:
    """All text that exchanges and remarks hold, notes included."""
    paragraphs = [
        paragraph
        for each in document.exchanges
        for paragraph in (*each.question_paragraphs, *each.answer_paragraphs)
    ] + [paragraph for remark in document.remarks for paragraph in remark.paragraphs]
    notes = [note.text for paragraph in paragraphs for note in paragraph.footnotes]
    headings = dict.fromkeys(exchange.section for exchange in document.exchanges)
    return "\n".join([*(paragraph.text for paragraph in paragraphs), *notes, *headings])


@pytest.mark.parametrize("name", FILES)
def test_the_words_of_questions_and_answers_are_kept(name: str) -> None:
    path = DOCUMENTS / name
    document = parse(read_document(path.read_bytes(), name))
    wanted = words(answered_text(raw_text(path)))
    lost = wanted - words(kept_text(document))
    share = 1 - lost.total() / max(1, wanted.total())
    assert share >= MIN_KEPT, f"{share:.1%} kept; lost {lost.most_common(20)}"


@pytest.mark.parametrize("name", FILES)
def test_no_page_furniture_is_kept(name: str) -> None:
    document = parse(read_document((DOCUMENTS / name).read_bytes(), name))
    assert not FURNITURE_WORDS.findall(kept_text(document))
