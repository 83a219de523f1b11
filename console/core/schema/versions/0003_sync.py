"""The tables of sync."""

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    """The tables of sync exist."""
