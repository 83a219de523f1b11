"""The published schemas of ``resources/city_api``, ready to judge a message."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import best_match
from referencing import Registry, Resource

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
        return frozenset(
            path.split("/", 1)[1].removesuffix(".json")
            for path in self.schemas
            if path.startswith(f"{direction}/")
        )

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
            validator = Draft202012Validator(
                {"$ref": _BASE + path}, registry=self._registry, format_checker=_formats
            )
            self._validators[path] = validator
        return validator

    @cached_property
    def _registry(self) -> Registry[Any]:
        known: Registry[Any] = Registry()
        return known.with_resources(
            (schema["$id"], Resource.from_contents(schema)) for schema in self.schemas.values()
        ).crawl()
