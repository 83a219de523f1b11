"""The tables of gridmap: none yet, roads and areas are files of the post."""

revision = "0006"
down_revision: str | None = "0005"


def upgrade() -> None:
    """Nothing to do: the step keeps the chain of rooms whole."""
