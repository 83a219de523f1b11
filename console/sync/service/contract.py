"""The published schemas of the road (``resources/city_api``), as the post checks items against them."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

_formats = FormatChecker(formats=())


@_formats.checks("date-time", raises=ValueError)
def _is_time(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


SCHEMAS = Path(__file__).resolve().parents[3] / "resources" / "city_api" / "schemas"


class Contract:
    """Checks feed items and batches; ``start`` reads the schemas."""

    def __init__(self, folder: Path = SCHEMAS) -> None:
        self._folder = folder
        self._checks: dict[str, Draft202012Validator] = {}
        self._texts: dict[str, dict[str, Any]] = {}

    def start(self) -> None:
        """Every published schema can be checked against, by its path without ending."""
        texts = {
            place.relative_to(self._folder).as_posix().removesuffix(".json"): json.loads(
                place.read_text("utf-8")
            )
            for place in sorted(self._folder.rglob("*.json"))
        }
        self._texts = texts
        registry: Registry[Any] = Registry().with_resources(
            (schema["$id"], Resource.from_contents(schema)) for schema in texts.values()
        )
        self._checks = {
            name: Draft202012Validator(schema, registry=registry, format_checker=_formats)
            for name, schema in texts.items()
        }

    def fault(self, name: str, value: object) -> str | None:
        """Where and how ``value`` breaks the schema of this name; None when it holds."""
        check = self._checks.get(name)
        if check is None:
            return f"no schema {name}"
        error = next(check.iter_errors(value), None)
        if error is None:
            return None
        return f"{error.json_path}: {error.message}"[:500]

    def knows(self, name: str) -> bool:
        """Whether there is a schema of this name."""
        return name in self._checks

    def form_of(self, name: str) -> tuple[dict[str, dict[str, Any]], frozenset[str]]:
        """The members that the schema of this name speaks of, what each must be, and which are
        needed; a reference is followed once."""
        schema = self._texts.get(name, {})
        found = {
            member: self._followed(told if isinstance(told, dict) else {})
            for member, told in schema.get("properties", {}).items()
            if told is not False
        }
        return found, frozenset(schema.get("required", ()))

    def _followed(self, told: dict[str, Any]) -> dict[str, Any]:
        place, _, pointer = str(told.get("$ref", "")).partition("#/$defs/")
        if not pointer:
            return told
        name = place.rpartition("/")[2].removesuffix(".json")
        there: dict[str, Any] = self._texts.get(name, {}).get("$defs", {}).get(pointer, {})
        return {**there, **told}
