import string
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from index.errors import IndexFailure
from pipeline.errors import KamerantwoordError, UnreadableDocument
from ui.address import LANGUAGES
from ui.languages import TEXTS, other_language
from ui.problems import explain_cause


def leaves(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif is_dataclass(value):
        for field in fields(value):
            yield from leaves(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from leaves(item, f"{path}[{key}]")
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from leaves(item, f"{path}[{number}]")


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_each_language_of_the_address_has_its_texts() -> None:
    assert tuple(TEXTS) == LANGUAGES
    assert other_language(TEXTS["nl"]) == "en"


def test_languages_say_the_same_things_with_the_same_blanks() -> None:
    dutch, english = (dict(leaves(TEXTS[language])) for language in LANGUAGES)
    assert dutch.keys() == english.keys()
    for path, text in dutch.items():
        assert text.strip()
        assert blanks(text) == blanks(english[path]), path


def test_every_error_about_a_file_or_the_index_has_words() -> None:
    for texts in TEXTS.values():
        for kind in [*classes(UnreadableDocument), *classes(IndexFailure)]:
            assert explain_cause(kind.__name__, texts) is not texts.unexpected, kind


def classes(root: type[KamerantwoordError]) -> list[type[KamerantwoordError]]:
    return [root, *(kind for child in root.__subclasses__() for kind in classes(child))]
