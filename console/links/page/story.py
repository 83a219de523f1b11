"""What is to be told of one link in words: how it stands, what went wrong, what can be done."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.links.model import PHASE_WORDS, LinkPhase, LinkState, SerialPlace
from console.links.page.columns import bad_tip, cause_text
from console.links.service import UNREADABLE_FROM, unreadable
from console.ui.moments import moment_text
from console.ui.words import pick

translate = QCoreApplication.translate


def story(state: LinkState, now: datetime) -> str:
    """Everything that is known of this link, a line a matter."""
    lines = [
        translate("Links", "{state} since {time}").format(
            state=pick(PHASE_WORDS[state.phase]), time=moment_text(state.since, now)
        ),
        *_who(state),
        *_trouble(state, now),
        *_counts(state),
        advice(state),
    ]
    return "\n".join(line for line in lines if line)


def advice(state: LinkState) -> str:
    """What the officer can do about this state; empty when there is nothing to do."""
    told = {
        LinkPhase.ABSENT: translate("Links", "Plug the device in; the link opens by itself."),
        LinkPhase.LOST: translate(
            "Links", "Check cable and power; when it is back the link goes on by itself."
        ),
        LinkPhase.SILENT: translate(
            "Links",
            "The port is open, but nothing can be understood: check power, antenna and baud rate.",
        ),
    }
    share = unreadable(state)
    place = state.config.transport
    if state.opened and share is not None and share >= UNREADABLE_FROM:
        percent = int(share * 100 + 0.5)
        if isinstance(place, SerialPlace):
            words = translate(
                "Links",
                "{percent} % of what comes is unreadable: "
                "the baud rate (now {baud}) or the kind of device is probably wrong.",
            )
            return words.format(percent=percent, baud=place.baud)
        words = translate(
            "Links",
            "{percent} % of what comes is unreadable: the peer is probably no device of this kind.",
        )
        return words.format(percent=percent)
    if state.phase is LinkPhase.PLUGGED and state.error:
        return translate(
            "Links", "Another program may hold the port, or the right to open it is missing."
        )
    return told.get(state.phase, "")


def _who(state: LinkState) -> list[str]:
    lines = []
    if state.identity:
        told = translate("Links", "The device says it is {name}")
        lines.append(told.format(name=state.identity))
    if state.peers > 1:
        lines.append(translate("Links", "{count} devices are there").format(count=state.peers))
    return lines


def _trouble(state: LinkState, now: datetime) -> list[str]:
    lines = []
    if state.error:
        lines.append(
            translate("Links", "Last trouble at {time}: {told}").format(
                time=moment_text(state.error_at, now), told=cause_text(state)
            )
        )
    if state.resumed_ms is not None:
        words = translate("Links", "After its return it was open again within {ms} ms")
        lines.append(words.format(ms=f"{state.resumed_ms:,.0f}"))
    return lines


def _counts(state: LinkState) -> list[str]:
    lines = [
        translate("Links", "{frames} frames, {came} bytes came, {went} went out").format(
            frames=f"{state.frames:,}",
            came=f"{state.received_bytes:,}",
            went=f"{state.sent_bytes:,}",
        )
    ]
    if state.bad:
        lines.append(
            translate("Links", "{count} bad frames, {why}").format(
                count=f"{state.bad:,}", why=bad_tip(state)
            )
        )
    if state.orders:
        told = translate("Links", "{count} orders, {failed} of them failed")
        lines.append(told.format(count=state.orders, failed=state.failed_orders))
    if state.dropped:
        told = translate("Links", "{count} readings were dropped: nobody took them in time")
        lines.append(told.format(count=f"{state.dropped:,}"))
    if state.recording:
        stamp = state.recording.rpartition("-")[2]  # the link's own number is too long to read
        lines.append(translate("Links", "Recorded to {file}").format(file=f"captures/…{stamp}"))
    return lines
