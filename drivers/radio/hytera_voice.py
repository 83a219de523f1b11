"""Who talks on a repeater, by the states that it broadcasts."""

from __future__ import annotations

from drivers.contract import Message, Other, RadioCall

_VOICE = 1
# local or network repeating, a key pressed at a desk or at the repeater
_TALKS = frozenset((0, 2, 6, 11))
# the talker let go and the channel is still held; or the time for talking was over
_HANGS = frozenset((1, 3, 4, 7, 8, 10, 12, 13, 15))
_RESTS = 5
_EMERGENCY_GROUP = "emergency_group"


class Voice:
    """The states of one repeater, each told once however often it is repeated."""

    def __init__(self, own_id: str) -> None:
        self._own = own_id
        self._last: RadioCall | None = None

    def hear(self, message: Message) -> list[RadioCall]:
        """The call that this message tells of, if it is news."""
        if not isinstance(message, Other) or message.what != "repeater_status":
            return []
        fields = message.fields
        phase = _phase(fields.get("status"), fields.get("service"))
        if phase is None:
            return []
        source, group = str(fields.get("source", "0")), str(fields.get("destination", "0"))
        urgent = fields.get("call_type") == _EMERGENCY_GROUP
        call = RadioCall(
            phase,
            None if source == "0" else source,
            None if group == "0" else group,
            3 if urgent else None,
            granted=source == self._own if phase == "talking" else None,
        )
        if call == self._last or (self._last is None and phase != "talking"):
            return []
        self._last = call
        return [call]


def _phase(status: object, service: object) -> str | None:
    if status == _RESTS:
        return "released"
    if service != _VOICE:
        return None
    return "talking" if status in _TALKS else "ceased" if status in _HANGS else None
