"""Calls: their facts, their life, their lamps, the advice, and the post's code tables."""

from console.dispatch.model.advice import Advice, Gap, Pick, Reason, Router
from console.dispatch.model.board import CallCard, Duplicate, Probe
from console.dispatch.model.call import (
    BY_DESK,
    Assignment,
    Call,
    CallChanged,
    CallStatus,
    CallView,
    How,
    LogLine,
    NewCall,
    Origin,
    PlaceFlag,
    masked_phone,
)
from console.dispatch.model.lamps import Lamp, LampState, lamps
from console.dispatch.model.machine import Step, may
from console.dispatch.model.reference import Code, Limits, Nature, Natures

__all__ = [
    "BY_DESK",
    "Advice",
    "Assignment",
    "Call",
    "CallCard",
    "CallChanged",
    "CallStatus",
    "CallView",
    "Code",
    "Duplicate",
    "Gap",
    "How",
    "Lamp",
    "LampState",
    "Limits",
    "LogLine",
    "Nature",
    "Natures",
    "NewCall",
    "Origin",
    "Pick",
    "PlaceFlag",
    "Probe",
    "Reason",
    "Router",
    "Step",
    "lamps",
    "masked_phone",
    "may",
]
