"""The tables of alarms."""

revision = "0011"
down_revision: str | None = "0010"


def upgrade() -> None:
    """The tables stand."""
