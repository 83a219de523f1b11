"""Alembic's entry: runs the steps on the connection that ``bring_up_to_date`` gives."""

from alembic import context

from console.core.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=False,
)
context.run_migrations()
