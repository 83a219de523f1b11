"""The tables of links."""

revision = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    """The tables of links exist."""
