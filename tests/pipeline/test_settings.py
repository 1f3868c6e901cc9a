"""Settings come from the environment, and the README says of each what it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from pipeline.errors import BadSettings
from pipeline.settings import PREFIX, Settings, load_settings

README = Path(__file__).parents[2] / "README.md"
ROW = re.compile(rf"^\| `{PREFIX}(\w+)`(?:, `(_\w+)`)? \| ([^|]+) \|", re.MULTILINE)


def _told() -> dict[str, str]:
    """Each setting the README lists, with its default as it is written there."""
    told: dict[str, str] = {}
    for first, second, defaults in ROW.findall(README.read_text()):
        names = [first, first.rpartition("_")[0] + second[1:]] if second else [first]
        told |= dict(zip(names, re.findall(r"`([^`]+)`|none", defaults), strict=True))
    return {name.lower(): default for name, default in told.items()}


def test_the_readme_lists_every_setting_with_its_default() -> None:
    defaults = {
        name: "" if field.default is None else str(field.default)
        for name, field in Settings.model_fields.items()
    }
    assert _told() == defaults


def test_keepers_are_told_by_their_addresses_in_any_case() -> None:
    settings = Settings(keepers="Noor@Voorbeeld.nl, bas@voorbeeld.nl")
    assert settings.keeper_addresses == {"noor@voorbeeld.nl", "bas@voorbeeld.nl"}
    assert Settings(keepers=" ").keeper_addresses == frozenset()


def test_a_setting_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAMERANTWOORD_MAX_PAGES", "12")
    monkeypatch.setenv("kamerantwoord_data", "stukken")  # in any case
    monkeypatch.setenv("KAMERANTWOORD_ADMIN_PASSWORD", "geheim")
    settings = load_settings()
    assert (settings.max_pages, settings.data) == (12, Path("stukken"))
    assert settings.admin_password == SecretStr("geheim")
    assert "geheim" not in repr(settings)


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("KAMERANTWOORD_MAX_PAGE", "12", "is not a setting"),
        ("KAMERANTWOORD_MAX_PAGES", "twelve", "valid integer"),
        ("KAMERANTWOORD_PORT", "70000", "65535"),
        ("KAMERANTWOORD_KEEPERS", "noor@voorbeeld.nl; bas", "no e-mail address"),
    ],
)
def test_a_wrong_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, key: str, value: str, problem: str
) -> None:
    monkeypatch.setenv(key, value)
    with pytest.raises(BadSettings, match=problem) as raised:
        load_settings()
    assert key in str(raised.value)
