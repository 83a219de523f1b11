"""The officer's choice of language, kept in the settings file of the data folder."""

from __future__ import annotations

from pathlib import Path

from console.settings import SETTINGS_FILE


def keep_language(data: Path, language: str) -> None:
    """``settings.toml`` names this language; its other lines stay as they are."""
    place = data / SETTINGS_FILE
    lines = place.read_text("utf-8").splitlines() if place.exists() else []
    top = next((at for at, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    kept = [line for line in lines[:top] if not line.replace(" ", "").startswith("language=")]
    text = "\n".join([f'language = "{language}"', *kept, *lines[top:]]) + "\n"
    fresh = place.with_suffix(".new")
    fresh.write_text(text, "utf-8")
    fresh.replace(place)
