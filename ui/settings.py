"""The settings of planqa, read once at the start of a command and passed on as plain arguments.

A value comes from the first place that has one: the flag of the command, the environment (``PLANQA_CORPUS``),
the file ``planqa.toml`` in the current folder, the default.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from ingest.errors import InputError
from ui.types import DRAFTS_FILE, EVALUATION

SETTINGS_FILE = Path("planqa.toml")
ENVIRONMENT_PREFIX = "PLANQA_"


class BadSetting(InputError):
    """Raised for a setting that is unknown or has no valid value. Fields: name, reason."""

    code = "bad-setting"
    sentence = "The setting {name} is not valid: {reason}."


class BadSettingsFile(InputError):
    """Raised where the settings file cannot be read. Fields: path, reason."""

    code = "bad-settings-file"
    sentence = "Cannot read the settings in {path}: {reason}."


class Settings(BaseSettings):
    """Everything that can be set without changing the code."""

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT_PREFIX,
        env_ignore_empty=True,
        toml_file=SETTINGS_FILE,
        extra="forbid",
        frozen=True,
    )

    corpus: Path = Field(default=Path("corpus"), description="Folder with the documents.")
    index: Path = Field(default=Path(".planqa/index"), description="Folder of the index.")
    embedding_model: str | None = Field(
        default=None,
        min_length=1,
        description="Embedding model: a folder or a hub name of a sentence-transformers model. "
        "Without one, the model that ships with planqa.",
    )
    evaluation: Path = Field(
        default=EVALUATION, description="Folder of draft questions and of the runs of the evaluators' page."
    )
    hits: int = Field(default=10, ge=1, le=1000, description="How many passages `planqa search` returns.")
    host: str = Field(default="127.0.0.1", min_length=1, description="Address that the chat listens on.")
    port: int = Field(default=7860, ge=1, le=65535, description="Port that the chat listens on.")
    language: Literal["vi", "en"] = Field(default="vi", description="Language in which the chat opens.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="WARNING", description="What is logged to standard error; questions only at DEBUG."
    )

    @property
    def drafts(self) -> Path:
        """The file of draft questions."""
        return self.evaluation / DRAFTS_FILE

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags, environment, settings file: first wins. No ``.env`` and no secrets folder."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def read_settings(**flags: object) -> Settings:
    """The settings under the flags given; a flag that is None was not given.

    Raises BadSetting for the first setting that is unknown or out of range, BadSettingsFile for a settings file
    that is no TOML or cannot be read.
    """
    given = {name: value for name, value in flags.items() if value is not None}
    try:
        # The model checks the values; nothing is known of their types before.
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise BadSetting(name=".".join(map(str, first["loc"])), reason=_reason(first["msg"])) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettingsFile(path=str(SETTINGS_FILE), reason=f"it is no TOML ({error})") from error
    except OSError as error:
        raise BadSettingsFile(path=str(SETTINGS_FILE), reason=error.strerror or str(error)) from error


def _reason(message: str) -> str:
    """A message of pydantic as the end of a sentence.

    >>> _reason("Input should be less than or equal to 65535")
    'it should be less than or equal to 65535'
    >>> _reason("Extra inputs are not permitted")
    'there is no such setting'
    """
    if message.startswith("Extra inputs"):
        return "there is no such setting"
    message = message.rstrip(".").replace("Input should be", "it should be", 1)
    return message[:1].lower() + message[1:]
