"""The tables of shifts."""

revision = "0009"
down_revision: str | None = "0008"


def upgrade() -> None:
    """The tables stand."""
