"""All settings, read once from the environment (`KAMERANTWOORD_…`).

Every one has a default that works on a bare machine. An unknown key is an error, so that a typo is
not obeyed in silence. Values are never echoed: one of them may be a secret. Without
pydantic-settings, which would take a third of the time that `kamerantwoord --help` does.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from pipeline.errors import BadSettings

PREFIX = "KAMERANTWOORD_"
BUNDLED_MODEL = "bundled"
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


class Settings(BaseModel):
    """Where things are kept, which model embeds, and how large a document may be."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    data: Path = Field(default=Path("data"), description="the folder with everything to back up")
    database: SecretStr | None = Field(
        default=None,
        description="'postgresql://...' to keep documents there; none: in the data folder",
    )
    database_read: SecretStr | None = Field(
        default=None, description="a replica of it, which answers questions"
    )
    model: str = Field(
        default=BUNDLED_MODEL,
        description="'bundled', or a sentence-transformers model: a local folder or a hub name",
    )
    threads: int = Field(default=0, ge=0, description="threads for the model; 0: all cores")
    max_megabytes: int = Field(default=100, ge=1, description="largest file that is read")
    max_pages: int = Field(default=5_000, ge=1, description="most pages of one document")
    max_passages: int = Field(
        default=5_000, ge=1, description="most passages of one document; a minute embeds about 500"
    )
    parse_seconds: int = Field(
        default=120, ge=1, description="longest time that reading one document may take"
    )
    parse_megabytes: int = Field(
        default=2_000, ge=500, description="most memory that reading one document may take"
    )
    host: str = Field(default="127.0.0.1", description="address the page listens on")
    port: int = Field(default=8501, ge=1, le=65_535, description="port the page listens on")
    admin_password: SecretStr | None = Field(
        default=None, description="asked by the page where documents are added and removed"
    )
    keepers: str = Field(
        default="",
        description="e-mail addresses, parted by commas: whose accounts may add and remove",
    )

    @field_validator("keepers")
    @classmethod
    def _check_addresses(cls, value: str) -> str:
        if value.strip() and not all(ADDRESS.fullmatch(part.strip()) for part in value.split(",")):
            raise PydanticCustomError("address", "holds what is no e-mail address")
        return value

    @property
    def keeper_addresses(self) -> frozenset[str]:
        """The addresses of the keepers, without case."""
        return frozenset(
            filter(None, (part.strip().casefold() for part in self.keepers.split(",")))
        )

    @property
    def database_file(self) -> Path:
        """The one truth, where no database server is set."""
        return self.data / "kamerantwoord.db"

    @property
    def originals(self) -> Path:
        """The files as they came, named by their sha256."""
        return self.data / "originals"

    @property
    def cache(self) -> Path:
        """What can be rebuilt."""
        return self.data / "cache"


def load_settings() -> Settings:
    """The settings of this environment; raises BadSettings naming the key that is wrong."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    told: dict[str, str] = {}
    for key, value in os.environ.items():
        if key.upper().startswith(PREFIX):
            if key.upper() not in known:
                raise BadSettings(key, "is not a setting", f"known are {', '.join(sorted(known))}")
            told[key.upper().removeprefix(PREFIX).lower()] = value
    try:
        return Settings.model_validate(told)
    except ValidationError as error:
        first = error.errors()[0]
        key = PREFIX + str(first["loc"][0]).upper()
        raise BadSettings(key, first["msg"].lower(), "correct or unset it") from None
