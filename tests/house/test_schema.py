"""The schema that Alembic's steps make is the schema that the rooms' stores speak of."""

from __future__ import annotations

import importlib
from pathlib import Path

import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory

import console
import console.core.schema as schema
from console.core.database import Database
from console.core.tables import metadata

ROOT = Path(console.__file__ or "").parent


def modules_of_stores() -> list[str]:
    """Every module of a room's store, be it one file or a folder."""
    places = [*ROOT.glob("*/store.py"), *ROOT.glob("*/store/*.py")]
    found = [place.relative_to(ROOT.parent).with_suffix("") for place in places]
    names = sorted(place.as_posix().replace("/", ".") for place in found)
    return [name for name in names if not name.startswith("console.cli.")]


def test_head_is_alembics_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [schema.HEAD]
    walked = [script.revision for script in scripts.walk_revisions()]
    assert sorted(walked) == [f"{n:04d}" for n in range(1, len(walked) + 1)]


def test_migrated_schema_equals_the_rooms_tables(database: Database) -> None:
    stores = modules_of_stores()
    assert "console.people.store" in stores
    for name in stores:
        importlib.import_module(name)
    with database.read() as connection:
        there = sa.inspect(connection)
        # Search indexes (FTS5) are virtual tables with shadows of their own; SQL makes them.
        shadows = {
            str(row[0])
            for row in connection.exec_driver_sql(
                "SELECT s.name FROM sqlite_schema v JOIN sqlite_schema s "
                "ON s.name = v.name OR s.name LIKE v.name || '@_%' ESCAPE '@' "
                "WHERE v.sql LIKE 'CREATE VIRTUAL TABLE%'"
            )
        }
        found = set(there.get_table_names()) - shadows - {"alembic_version"}
        assert found == set(metadata.tables)
        for name, table in metadata.tables.items():
            assert columns_found(there, name) == columns_wanted(table), name
            indexes = {
                (i["name"], tuple(i["column_names"]), bool(i["unique"]))
                for i in there.get_indexes(name)
                if not (i["name"] or "").startswith("sqlite_")
            }
            wanted = {
                (i.name, tuple(c.name for c in i.columns), bool(i.unique)) for i in table.indexes
            }
            assert indexes == wanted, name
            uniques = {tuple(u["column_names"]) for u in there.get_unique_constraints(name)}
            assert uniques == {
                tuple(c.name for c in constraint.columns)
                for constraint in table.constraints
                if isinstance(constraint, sa.UniqueConstraint)
            }, name
            keys = {
                (tuple(k["constrained_columns"]), k["referred_table"])
                for k in there.get_foreign_keys(name)
            }
            assert keys == {
                (tuple(k.column_keys), k.referred_table.name) for k in table.foreign_key_constraints
            }, name


def columns_found(there: sa.Inspector, name: str) -> list[tuple[str, str, bool, bool]]:
    """Name, type, nullable and part of the primary key of each column, in order."""
    primary = set(there.get_pk_constraint(name)["constrained_columns"])
    return [
        (
            c["name"],
            str(c["type"]),
            c["name"] in primary or bool(c["nullable"]),
            c["name"] in primary,
        )
        for c in there.get_columns(name)
    ]


def columns_wanted(table: sa.Table) -> list[tuple[str, str, bool, bool]]:
    """The same as the room's table says it."""
    dialect = sa.create_engine("sqlite://").dialect
    return [
        (
            c.name,
            c.type.compile(dialect=dialect),
            c.primary_key or bool(c.nullable),
            c.primary_key,
        )
        for c in table.columns
    ]
