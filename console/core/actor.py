"""Who does an act."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does an act: ``kind`` is officer, system, city or device; roles count for officers."""

    kind: str
    name: str
    roles: frozenset[str] = field(default=frozenset(), compare=False)

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"


SYSTEM = Actor("system", "console")
CITY = Actor("city", "platform")
NOBODY = Actor("officer", "nobody")
