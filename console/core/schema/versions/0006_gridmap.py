"""The tables of gridmap."""

revision = "0006"
down_revision: str | None = "0005"


def upgrade() -> None:
    """The tables of gridmap exist."""
