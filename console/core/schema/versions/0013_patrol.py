"""The tables of patrol."""

revision = "0013"
down_revision: str | None = "0012"


def upgrade() -> None:
    """The tables stand."""
