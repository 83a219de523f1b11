"""A serial barcode scanner made of bytes."""

from __future__ import annotations

from drivers.sim.terminal import Terminal


class Scanner(Terminal):
    """A scanner: ``scan`` is what a person does with it."""

    def scan(self, code: str, end: bytes = b"\r\n") -> None:
        """This code was scanned."""
        self.write(code.encode("utf-8") + end)
