"""The tables of videowall."""

revision = "0012"
down_revision: str | None = "0011"


def upgrade() -> None:
    """The tables stand."""
