"""Visits of the sample post's last days."""

from __future__ import annotations

from typing import Any

from console.citizen import service
from console.citizen.model import NewVisit, Personal
from console.core.actor import Actor
from console.core.database import Database
from console.drill.sample_post import sample

CLERK = Actor("officer", "0102", frozenset({"duty_officer"}))


def fill(database: Database, language: str) -> None:
    """The visits of the sample, recorded by the duty officer."""
    for told in sample("visits.json"):
        service.record(database, CLERK, _visit(told, language))


def _visit(told: dict[str, Any], language: str) -> NewVisit:
    person = told["person"]
    return NewVisit(
        told["kind"],
        _said(told["asked"], language),
        _said(told["done"], language),
        told["result"],
        _said(told["place"], language),
        Personal(
            _said(person.get("name", ""), language),
            person.get("phone", ""),
            person.get("id_number", ""),
        ),
    )


def _said(words: Any, language: str) -> str:
    if isinstance(words, str):
        return words
    return str(words["en"] if language == "en" else words["zh_CN"])
