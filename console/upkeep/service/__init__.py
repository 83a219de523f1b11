"""Acts of the upkeep. Each needs its right and stands in the audit trail."""

from console.upkeep.service.backups import last_backup, make_backup, rehearse
from console.upkeep.service.checks import ask_city, check_areas, check_certificate, check_roads
from console.upkeep.service.keeper import BackupKeeper
from console.upkeep.service.proof import Proof, prove_trail
from console.upkeep.service.recovery import recovery_paper, require_apart
from console.upkeep.service.settings import (
    change_settings,
    overridden,
    settings_in_force,
    written_settings,
)
from console.upkeep.service.trail import export_trail, open_trail, trail_page, verify_trail

__all__ = [
    "BackupKeeper",
    "Proof",
    "ask_city",
    "change_settings",
    "check_areas",
    "check_certificate",
    "check_roads",
    "export_trail",
    "last_backup",
    "make_backup",
    "open_trail",
    "overridden",
    "prove_trail",
    "recovery_paper",
    "rehearse",
    "require_apart",
    "settings_in_force",
    "trail_page",
    "verify_trail",
    "written_settings",
]
