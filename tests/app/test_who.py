"""An act belongs to whoever sat at the desk when the key was pressed."""

from __future__ import annotations

from console.core.actor import NOBODY
from console.people.model import Right, allowed


def test_nobody_has_no_right() -> None:
    assert not any(allowed(NOBODY, right) for right in Right)
