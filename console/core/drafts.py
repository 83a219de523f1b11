"""Half-typed forms, kept so that an idle lock, a crash or a power cut loses nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from console.core.tables import draft


def keep(
    connection: sa.Connection, officer: str, form: str, body: dict[str, Any], at: datetime
) -> None:
    """The officer's draft of this form is ``body``, whatever it was before."""
    forget(connection, officer, form)
    connection.execute(draft.insert().values(officer=officer, form=form, body=body, written_at=at))


def find(connection: sa.Connection, officer: str, form: str) -> dict[str, Any] | None:
    """The officer's draft of this form, if there is one."""
    row = connection.execute(
        sa.select(draft.c.body).where(draft.c.officer == officer, draft.c.form == form)
    ).first()
    return None if row is None else dict(row.body)


def forget(connection: sa.Connection, officer: str, form: str) -> None:
    """No draft of this form remains."""
    connection.execute(draft.delete().where(draft.c.officer == officer, draft.c.form == form))
