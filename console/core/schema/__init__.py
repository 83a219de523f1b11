"""The steps of the schema, run by Alembic."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from console.core.errors import Refused

HEAD = "0025"
_FOLDER = Path(__file__).resolve().parent


def bring_up_to_date(engine: sa.Engine) -> None:
    """The store's schema is ``HEAD``. Refused, and nothing touched, when it is newer."""
    with engine.connect() as connection:
        found = _revision(connection.execution_options(read_only=True))
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise Refused("store.newer_schema", found=found, known=HEAD)
    make(engine, "head")


def make(engine: sa.Engine, revision: str) -> None:
    """The store's schema is this revision, no older one before."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _revision(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    value = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return None if value is None else str(value)
