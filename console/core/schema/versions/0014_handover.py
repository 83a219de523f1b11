"""The tables of handover."""

revision = "0014"
down_revision: str | None = "0013"


def upgrade() -> None:
    """The tables stand."""
