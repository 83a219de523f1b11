"""Handing a shift over: gather what is open, two people sign, the document stays."""

from console.handover.service.gathering import Look, Sources, gather
from console.handover.service.signing import (
    draft,
    former,
    handover,
    keep_draft,
    sign_incoming,
    sign_outgoing,
    waiting_now,
)
from console.handover.service.sources import post_sources

__all__ = [
    "Look",
    "Sources",
    "draft",
    "former",
    "gather",
    "handover",
    "keep_draft",
    "post_sources",
    "sign_incoming",
    "sign_outgoing",
    "waiting_now",
]
