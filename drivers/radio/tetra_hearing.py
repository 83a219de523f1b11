"""What a TETRA radio's lines mean in a conversation: with their call, their text, their receipt."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Collection

from drivers.contract import Bad, Message, Other, Outcome, RadioCall, Text
from drivers.errors import BadFrame
from drivers.pending import Pending
from drivers.radio.tetra_lines import own_position, said
from drivers.radio.tetra_orders import same, short
from drivers.radio.tetra_parts import Deliveries, PartBox, arrived, refused
from drivers.radio.tetra_pei import Line
from drivers.radio.tetra_ptt import Calls, Permit
from drivers.radio.tetra_sds import DELIVERY, Part, Report, ShortData, short_data

_MOST_RECEIPTS = 64
_CALL_LINES = frozenset(("CTICN", "CTCC", "CTOCP", "CTXG", "CDTXC", "CTCR"))


class Hearing:
    """Remembers what later lines refer to; collects the outcomes that they bring."""

    def __init__(self, pending: Pending, sos_reasons: Collection[int]) -> None:
        self.identity = ""
        self.calls = Calls()
        self.permit = Permit(self.calls, pending)
        self.parts, self.deliveries = PartBox(), Deliveries()
        self.receipts: deque[tuple[str, str]] = deque(maxlen=_MOST_RECEIPTS)  # owed: to, digits
        self.outcomes: list[Outcome] = []
        self._pending = pending
        self._sos = frozenset(sos_reasons)

    def heard(self, line: Line, now: float) -> list[Message]:
        """What the line says, as the console is told."""
        if line.reason:
            return [Bad(line.reason, line.raw)]
        try:
            if line.name == "CTSDSR":
                return self._short_data(short_data(line.rest, line.pdu, self._sos), now)
            if line.name == "GPSPOS":
                return [own_position(line, self.identity)]
            reading = said(line)
        except BadFrame as bad:
            return [Bad(bad.reason, line.raw)]
        if line.name in _CALL_LINES:
            fields = [field.strip() for field in line.rest.split(",")]
            self.outcomes += self.permit.heard(line.name, fields, now)
            if isinstance(reading, RadioCall):
                return [self.calls.told(fields[0], reading, self.identity)]
        if line.name == "CNUMF" and isinstance(reading, Other):
            self.identity = str(reading.fields.get("number", "")) or self.identity
        return [reading]

    def end(self, lines: list[Line]) -> list[Message]:
        """What is left when the wire goes."""
        messages = [message for line in lines for message in self.heard(line, math.inf)]
        return [*messages, *self.parts.rest()]

    def _short_data(self, came: ShortData, now: float) -> list[Message]:
        if came.owed and came.source:
            self.receipts.append((came.source, came.owed))
        if came.report is not None and isinstance(came.reading, Other):
            return [self._receipt(came.reading, came.source, came.report)]
        self._answered_check(came.source)
        if came.part is not None and isinstance(came.reading, Text):
            return self._part(came.reading, came.part, now)
        return [came.reading]

    def _part(self, text: Text, part: Part, now: float) -> list[Message]:
        whole = self.parts.put(text, part, now)
        if whole:
            return list(whole)
        told = {"source": text.source, "part": part.number, "parts": part.parts}
        return [Other("text_part", told)]

    def _receipt(self, told: Other, source: str, report: Report) -> Message:
        """A receipt, under the reference that its text was ordered with."""
        check = self._pending.marked((short(source), report.reference))
        if check is not None and arrived(report):
            self.outcomes.append(self._pending.done(check, {"delivery": report.delivery}))
        elif check is not None and refused(report):
            words = DELIVERY.get(report.delivery, f"{report.delivery:#04x}")
            self.outcomes.append(self._pending.failed(check, "refused", words))
        reference = self.deliveries.told(source, report)
        if reference is None:
            return told._replace(what="part_report", kind="other")
        return told._replace(fields={**told.fields, "reference": reference})

    def _answered_check(self, source: str) -> None:
        """Whatever comes from a radio that is being checked says that it can be reached."""
        for waiting in self._pending:
            if isinstance(waiting.mark, tuple) and same(source, str(waiting.mark[0])):
                self.outcomes.append(self._pending.done(waiting))
