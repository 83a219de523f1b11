"""A payload as a person edits it: one field a member, text to value and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from console.core.errors import Refused
from console.core.words import Words


class Form(StrEnum):
    """What may stand in a field."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    CHOICE = "choice"  # yes or no
    JSON = "json"  # lists and nested members, as they are written


_FORM_WORDS = {
    Form.INTEGER: Words("整数", "whole number"),
    Form.NUMBER: Words("数字", "number"),
    Form.CHOICE: Words("是或否", "yes or no"),
    Form.JSON: Words("JSON 内容", "JSON value"),
    Form.TEXT: Words("文字", "text"),
}
_BY_TYPE = {
    "string": Form.TEXT,
    "integer": Form.INTEGER,
    "number": Form.NUMBER,
    "boolean": Form.CHOICE,
}


@dataclass(frozen=True, slots=True)
class Field:
    """One member of a payload: its name, what may stand in it, whether it must be there."""

    name: str
    form: Form
    needed: bool


def fields_of(
    members: Mapping[str, Mapping[str, Any]], needed: frozenset[str], payload: Mapping[str, Any]
) -> list[Field]:
    """The fields of a payload: the needed ones first, and what stands in it beyond the schema."""
    names = [*members, *(name for name in payload if name not in members)]
    found = [
        Field(name, _form(members.get(name, {}), payload.get(name)), name in needed)
        for name in names
    ]
    return sorted(found, key=lambda field: not field.needed)


def text_of(field: Field, value: object) -> str:
    """The value as it stands in the field; nothing for an absent one."""
    if value is None:
        return ""
    if field.form is Form.TEXT and isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def payload_of(
    fields: list[Field], texts: Mapping[str, str], before: Mapping[str, Any]
) -> dict[str, Any]:
    """The payload that the texts say. Refused, with the field, for what is no such value.

    An empty field leaves its member out, or null where it was null.
    """
    found: dict[str, Any] = {}
    for field in fields:
        text = texts.get(field.name, "").strip()
        if text:
            found[field.name] = _value(field, text, before.get(field.name))
        elif field.name in before and before[field.name] in (None, ""):
            found[field.name] = before[field.name]
    return found


def _value(field: Field, text: str, before: object) -> object:
    if field.form is Form.TEXT:
        return before if isinstance(before, str) and before.strip() == text else text
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise _unreadable(field) from wrong
    whole = isinstance(value, int) and not isinstance(value, bool)
    fits = {
        Form.INTEGER: whole,
        Form.NUMBER: whole or isinstance(value, float),
        Form.CHOICE: isinstance(value, bool),
    }
    if not fits.get(field.form, True):
        raise _unreadable(field)
    return value


def _unreadable(field: Field) -> Refused:
    return Refused("sync.value_unreadable", field=field.name, what=_FORM_WORDS[field.form])


def _form(told: Mapping[str, Any], value: object) -> Form:
    types = told.get("type")
    named = [types] if isinstance(types, str) else list(types or ())
    plain = [one for one in named if one != "null"]
    if len(plain) == 1:
        return _BY_TYPE.get(plain[0], Form.JSON)
    if not named and (value is None or isinstance(value, str)):
        return Form.TEXT
    return Form.JSON
