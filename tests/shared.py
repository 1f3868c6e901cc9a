"""The real documents beside the checkout: there for the makers and for CI, not for a user."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
DOCUMENTS = SHARED / "documents"
CONSULTATION = DOCUMENTS / "verslag-schriftelijk-overleg-wrr.txt"


def needs_shared() -> pytest.MarkDecorator:
    """Skips where the real documents are absent; in CI they must be there."""
    absent = not SHARED.is_dir() and not os.environ.get("CI")
    return pytest.mark.skipif(absent, reason=f"the real documents are not at {SHARED.name}/")
