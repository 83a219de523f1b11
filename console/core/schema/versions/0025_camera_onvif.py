"""Where a camera takes orders (ONVIF), and for which of its profiles."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision: str | None = "0024"


def upgrade() -> None:
    """The columns stand; cameras that are there have none of it."""
    for name in ("onvif", "onvif_profile"):
        op.add_column("camera", sa.Column(name, sa.Text, nullable=False, server_default=""))
