"""The road to the city: ``Road`` runs it; the acts settle what was kept aside."""

from console.sync.service.aside import (
    discard_quarantined,
    discard_set_aside,
    line_of,
    quarantined,
    resend_edited,
    resume_lane,
    retry_quarantined,
    retry_set_aside,
    set_aside,
)
from console.sync.service.kept import Kept, kept
from console.sync.service.road import Road
from console.sync.store.lane import digest

__all__ = [
    "Kept",
    "Road",
    "digest",
    "discard_quarantined",
    "discard_set_aside",
    "kept",
    "line_of",
    "quarantined",
    "resend_edited",
    "resume_lane",
    "retry_quarantined",
    "retry_set_aside",
    "set_aside",
]
