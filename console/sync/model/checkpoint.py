"""Checkpoints of the audit trail, and what the city says when it countersigns one (city-api)."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from console.core.canonical import canonical

_TEXTS = {"post": 63, "epoch": 16, "hash": 64, "at": 40}


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The trail's head at one moment: ``seq`` records, the last with ``hash``. Times are texts as
    they were signed."""

    post: str
    epoch: str
    seq: int
    hash: str
    at: str


@dataclass(frozen=True, slots=True)
class Countersigned:
    """A checkpoint with the city's signature (base64) and the certificate (PEM) that it was made with."""

    checkpoint: Checkpoint
    signed_at: str
    signature: str
    certificate: str

    def statement(self) -> bytes:
        """The bytes that the city has signed."""
        return canonical({**asdict(self.checkpoint), "signed_at": self.signed_at})

    def told(self) -> dict[str, object]:
        """The same as JSON, as the road and the witness file write it."""
        return {
            "checkpoint": asdict(self.checkpoint),
            "signed_at": self.signed_at,
            "signature": self.signature,
            "certificate": self.certificate,
        }


def read_countersigned(told: object) -> Countersigned | None:
    """What is told, when it has the shape of a countersignature; nothing in it is believed yet."""
    if not isinstance(told, dict) or not isinstance(told.get("checkpoint"), dict):
        return None
    parts = told["checkpoint"]
    seq = parts.get("seq")
    if not isinstance(seq, int) or isinstance(seq, bool) or not 0 <= seq < 1 << 62:
        return None
    texts = {name: parts.get(name) for name in _TEXTS}
    rest = {name: told.get(name) for name in ("signed_at", "signature", "certificate")}
    if not all(isinstance(text, str) and len(text) <= _TEXTS[n] for n, text in texts.items()):
        return None
    if not all(isinstance(text, str) and 0 < len(text) <= 8192 for text in rest.values()):
        return None
    checkpoint = Checkpoint(seq=seq, **{name: str(text) for name, text in texts.items()})
    return Countersigned(checkpoint, **{name: str(text) for name, text in rest.items()})


def countersignatures(body: object) -> list[Countersigned]:
    """Those in the city's answer to events, as far as they have the shape; at most 500."""
    listed = body.get("countersigned") if isinstance(body, dict) else None
    if not isinstance(listed, list):
        return []
    return [found for told in listed[:500] if (found := read_countersigned(told)) is not None]
