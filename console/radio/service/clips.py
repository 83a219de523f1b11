"""Recordings of talks on the disk: compressed (G.711 µ-law), encrypted, named after their line.

Each file: 12 bytes nonce, then AES-256-GCM over the samples; the key comes from the store's key, so
a recording is as safe as the store and worth nothing without it.
"""

from __future__ import annotations

import os
from datetime import timedelta

import numpy as np
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused, Unavailable
from console.core.words import why
from console.people.model import Right, require
from console.radio import store
from console.radio.model import RATE, WIDTH
from console.radio.service.looking import exchange, limits_now

FOLDER = "voice"
SUFFIX = ".pcmu"
LEAST_S = 0.2  # a click of the key is no talk
_BIAS, _CLIP = 132, 32635
_NONCE = 12


class Clips:
    """The recordings beside one store."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._folder = database.path.parent / FOLDER

    def keep(self, exchange_id: str, samples: bytes) -> str:
        """The sound of this line of the log is on the disk; returns its name, empty for sound too
        short to be one. Unavailable when the disk cannot take it."""
        if len(samples) < LEAST_S * RATE * WIDTH:
            return ""
        name = f"{exchange_id}{SUFFIX}"
        nonce = os.urandom(_NONCE)
        sealed = nonce + self._cipher().encrypt(nonce, to_mu_law(samples), name.encode())
        part = self._folder / f"{name}.part"
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            part.write_bytes(sealed)
            part.replace(self._folder / name)
        except OSError as failed:
            raise Unavailable("radio.voice_not_kept", why=why(failed)) from failed
        return name

    def open(self, actor: Actor, exchange_id: str) -> bytes:
        """The samples of this line's recording; who listened stands in the trail. Refused when
        there is none, or the file is not the one that was written."""
        require(actor, Right.TAKE_CALLS)
        with self._database.act(actor) as act:
            was = exchange(act.connection, exchange_id)
            if not was.voice:
                raise Refused("radio.no_recording")
            act.audit("radio.listen", "radio_exchange", was.id)
        try:
            sealed = (self._folder / was.voice).read_bytes()
            plain = self._cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], was.voice.encode())
        except OSError as failed:
            raise Unavailable("radio.voice_not_read", why=why(failed)) from failed
        except (InvalidTag, ValueError) as wrong:
            raise Refused("radio.voice_damaged") from wrong
        return from_mu_law(plain)

    def forget_old(self, actor: Actor) -> int:
        """Recordings older than the limit are gone, and the trail says how many; returns that."""
        with self._database.act(actor) as act:
            days = limits_now(act.connection, act.at).keep_days
            old = store.voices_before(act.connection, act.at - timedelta(days=days))
            for one in old:
                (self._folder / one.voice).unlink(missing_ok=True)
                store.put_voice(act.connection, one.id, "")
            if old:
                act.audit("radio.voice_forgotten", "radio_exchange", old[-1].id, count=len(old))
        return len(old)

    def _cipher(self) -> AESGCM:
        kdf = HKDF(SHA256(), 32, None, b"post-console radio voice")
        return AESGCM(kdf.derive(self._database.key))


def to_mu_law(samples: bytes) -> bytes:
    """16-bit samples as 8-bit µ-law (ITU-T G.711)."""
    linear = np.frombuffer(samples[: len(samples) // WIDTH * WIDTH], "<i2").astype(np.int32)
    sign = np.where(linear < 0, 0x80, 0)
    size = np.minimum(np.abs(linear), _CLIP) + _BIAS
    exponent = np.floor(np.log2(size)).astype(np.int32) - 7
    mantissa = (size >> (exponent + 3)) & 0x0F
    coded = ~(sign | (exponent << 4) | mantissa) & 0xFF
    return bytes(coded.astype(np.uint8).tobytes())


def from_mu_law(coded: bytes) -> bytes:
    """8-bit µ-law as 16-bit samples."""
    told = ~np.frombuffer(coded, np.uint8).astype(np.int32) & 0xFF
    exponent, mantissa = (told >> 4) & 0x07, told & 0x0F
    size = (((mantissa << 3) + _BIAS) << exponent) - _BIAS
    return bytes(np.where(told & 0x80, -size, size).astype("<i2").tobytes())
