"""What was discarded is found with what is set aside: the next event builds on what the city has."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision: str | None = "0016"


def upgrade() -> None:
    """The index holds what was discarded, too."""
    op.drop_index("outbox_aside", "outbox")
    op.create_index(
        "outbox_aside",
        "outbox",
        ["entity", "entity_id"],
        sqlite_where=sa.text("state IN ('set_aside', 'waiting', 'discarded')"),
    )
