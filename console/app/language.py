"""The officer's choice of language, kept in the settings file of the data folder."""

from __future__ import annotations

from pathlib import Path

from console.core.settings_file import write_settings


def keep_language(data: Path, language: str) -> None:
    """``settings.toml`` names this language; its other lines stay as they are."""
    write_settings(data, {"language": language})
