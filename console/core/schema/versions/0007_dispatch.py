"""The tables of dispatch."""

revision = "0007"
down_revision: str | None = "0006"


def upgrade() -> None:
    """The tables of dispatch exist."""
