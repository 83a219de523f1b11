"""Kept layouts and tours of the wall, and the log of who watched which camera when."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision: str | None = "0022"


def upgrade() -> None:
    """The tables stand."""
    for name in ("wall_layout", "wall_tour"):
        op.create_table(
            name,
            sa.Column("id", sa.String(36), primary_key=True),
            sa.Column("owner", sa.String(32), nullable=False),
            sa.Column("role", sa.String(32), nullable=False),
            sa.Column("name", sa.Text, nullable=False),
            sa.Column("body", sa.Text, nullable=False),
            sa.Column("rev", sa.Integer, nullable=False),
            sa.UniqueConstraint("owner", "role", "name"),
        )
    op.create_table(
        "camera_watch",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("camera_id", sa.String(36), nullable=False),
        sa.Column("officer", sa.String(32), nullable=False),
        sa.Column("how", sa.String(16), nullable=False),
        sa.Column("began_at", sa.String(24), nullable=False),
        sa.Column("ended_at", sa.String(24), nullable=False),
    )
    op.create_index("camera_watch_camera", "camera_watch", ["camera_id", "ended_at"])
    op.create_index("camera_watch_began", "camera_watch", ["began_at", "id"])
