"""The tables of citizen."""

revision = "0010"
down_revision: str | None = "0009"


def upgrade() -> None:
    """The tables stand."""
