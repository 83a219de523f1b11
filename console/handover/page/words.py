"""The words of the hand-over: sections, how many, and what an empty one means."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from console.handover.model import Content, Handover, Part, Section, Signature
from console.ui.words import pick

translate = QCoreApplication.translate


def section_words(section: Section) -> str:
    """What the section is called."""
    return {
        Section.CALLS: translate("Handover", "Open calls"),
        Section.ALARMS: translate("Handover", "Open alarms"),
        Section.ITEMS: translate("Handover", "Equipment out"),
        Section.POINTS: translate("Handover", "Points still open"),
        Section.EVENTS: translate("Handover", "Owed to the city"),
        Section.FAULTS: translate("Handover", "Faults"),
    }[section]


def empty_words(section: Section) -> str:
    """What it means that the section has nothing."""
    return {
        Section.CALLS: translate("Handover", "No call is open"),
        Section.ALARMS: translate("Handover", "No alarm is open"),
        Section.ITEMS: translate("Handover", "No equipment is out"),
        Section.POINTS: translate("Handover", "No point is left open"),
        Section.EVENTS: translate("Handover", "The city has everything"),
        Section.FAULTS: translate("Handover", "No fault is known"),
    }[section]


def count_text(part: Part) -> str:
    """How many; a question mark where nobody knows."""
    return str(part.count) if part.known else "?"


def told_words(part: Part) -> str:
    """The section in a few words."""
    if part.count is None:
        reason = pick(part.reason) if part.reason is not None else ""
        return translate("Handover", "Unknown: {reason}").format(reason=reason)
    if not part.count:
        return empty_words(part.section)
    return translate("Handover", "{n} in all").format(n=part.count)


def signature_text(signature: Signature | None) -> str:
    """Who signed and when; says so when nobody has."""
    if signature is None:
        return translate("Handover", "not signed")
    at = signature.at.astimezone()
    return f"{signature.name} {signature.number}  {at:%m-%d %H:%M}"


def shift_words(content: Content) -> str:
    """Which shift."""
    return pick(content.shift) if content.shift is not None else "–"


def state_words(found: Handover, waits: bool) -> str:
    """How far the document has come."""
    if found.taken:
        return translate("Handover", "taken over")
    return translate("Handover", "waits") if waits else translate("Handover", "not taken over")
