"""The published schemas of ``resources/city_api``, ready to judge a message."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import best_match

PUBLISHED = Path(__file__).resolve().parents[3] / "resources" / "city_api"
SCHEMA_MIN = 1
SCHEMA_MAX = 1
_BASE = "https://post-console.invalid/city_api/v1/"

_formats = FormatChecker(formats=())


@_formats.checks("date-time", raises=ValueError)
def _is_time(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


class Contract:
    """Every schema of the road; each is compiled when it is first needed."""

    def __init__(self, folder: Path = PUBLISHED) -> None:
        self._folder = folder
        self._validators: dict[str, Draft202012Validator] = {}

    @cached_property
    def schemas(self) -> dict[str, dict[str, Any]]:
        """Each schema document under its path below ``schemas`` (``upward/call.signed.json``)."""
        root = self._folder / "schemas"
        return {
            file.relative_to(root).as_posix(): json.loads(file.read_text("utf-8"))
            for file in sorted(root.rglob("*.json"))
        }

    @cached_property
    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document."""
        document: dict[str, Any] = json.loads((self._folder / "openapi.json").read_text("utf-8"))
        return document

    def kinds(self, direction: str) -> frozenset[str]:
        """The kinds that go ``upward`` or ``downward``."""
        return self._kinds.get(direction, frozenset())

    @cached_property
    def _kinds(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for path in self.schemas:
            direction, slash, kind = path.partition("/")
            if slash:
                found.setdefault(direction, set()).add(kind.removesuffix(".json"))
        return {direction: frozenset(kinds) for direction, kinds in found.items()}

    def fault(self, path: str, value: object) -> str | None:
        """What is wrong with ``value`` under the schema at ``path``, for a person; None when nothing is."""
        found = best_match(self._validator(path).iter_errors(value))
        if found is None:
            return None
        where = ".".join(str(step) for step in found.absolute_path)
        told = found.message if len(found.message) <= 300 else found.message[:300] + "…"
        return f"{where}: {told}" if where else told

    def _validator(self, path: str) -> Draft202012Validator:
        validator = self._validators.get(path)
        if validator is None:
            whole = self._resolved(self.schemas[path], path)
            validator = Draft202012Validator(whole, format_checker=_formats)
            self._validators[path] = validator
        return validator

    def _resolved(self, part: Any, path: str) -> Any:
        """The same schema with every reference put in place: half the work of judging an event.

        The published schemas refer to each other without circles; ``path`` is where ``part`` stands.
        """
        if isinstance(part, list):
            return [self._resolved(one, path) for one in part]
        if not isinstance(part, dict):
            return part
        kept = {
            name: self._resolved(value, path)
            for name, value in part.items()
            if name not in ("$ref", "$id", "examples", "$defs")
        }
        if not isinstance(part.get("$ref"), str):
            return kept
        address, _, pointer = part["$ref"].partition("#")
        there = address.removeprefix(_BASE) or path
        target: Any = self.schemas[there]
        for step in filter(None, pointer.split("/")):
            target = target[step]
        return {**self._resolved(target, there), **kept}
