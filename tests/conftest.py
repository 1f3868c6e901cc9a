"""What several rooms' tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.bundled_model import bundled_model


@pytest.fixture(scope="session")
def model_folder(pytestconfig: pytest.Config) -> Path:
    """The bundled model, unpacked once and kept between runs.

    Set KAMERANTWOORD_MODEL to it where a test has a data directory of its own: unpacking for each
    would cost seconds and 490 MB.
    """
    return bundled_model(pytestconfig.cache.mkdir("kamerantwoord"))
