"""What the technician and the auditor see of the upkeep."""

from console.upkeep.page.about_panel import AboutPanel
from console.upkeep.page.audit_panel import AuditPanel
from console.upkeep.page.backup_panel import BackupPanel
from console.upkeep.page.desk import UpkeepDesk
from console.upkeep.page.missing import MissingNotice, missing_words
from console.upkeep.page.settings_panel import SettingsPanel
from console.upkeep.page.standing_words import TroubleNotice

__all__ = [
    "AboutPanel",
    "AuditPanel",
    "BackupPanel",
    "MissingNotice",
    "SettingsPanel",
    "TroubleNotice",
    "UpkeepDesk",
    "missing_words",
]
