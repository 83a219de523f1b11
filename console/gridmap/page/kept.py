"""The drawing of roads and areas, kept beside the post's data: the next start draws it at once."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from console.gridmap.page.geometry import Geometry
from console.gridmap.page.marker import Bounds
from console.ui.words import language

FORMAT = 1  # another number: what older consoles kept is drawn afresh
_KEPT_MOST = 4


def key_of(fingerprint: str) -> str:
    """The key of the drawing of these files in the language of the program; empty for no files."""
    return f"{fingerprint} {language()}" if fingerprint else ""


def keep(folder: Path, key: str, made: Geometry) -> None:
    """The drawing of this key is kept. A full disk costs the next start half a second, no more."""
    head = {
        "format": FORMAT,
        "key": key,
        "digest": hashlib.sha256(made.body).hexdigest(),
        "bounds": None if made.bounds is None else asdict(made.bounds),
        "ways": made.ways,
        "areas": made.areas,
        "zones": list(made.zones),
    }
    file = _file(folder, key)
    fresh = file.with_name(f"{file.name}.new")
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(json.dumps(head).encode("ascii") + b"\n" + made.body)
        fresh.replace(file)
        others = sorted(folder.glob("drawing-*.json"), key=lambda one: one.stat().st_mtime)
        for old in others[:-_KEPT_MOST]:
            old.unlink()


def recall(folder: Path, key: str) -> Geometry | None:
    """The drawing of this key; None where there is none, or a damaged or an older one."""
    try:
        first, body = _file(folder, key).read_bytes().split(b"\n", 1)
        head: dict[str, Any] = json.loads(first)
        if (head["format"], head["key"]) != (FORMAT, key):
            return None
        if hashlib.sha256(body).hexdigest() != head["digest"]:
            return None
        bounds = None if head["bounds"] is None else Bounds(**head["bounds"])
        return Geometry(body, bounds, head["ways"], head["areas"], tuple(head["zones"]), key)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _file(folder: Path, key: str) -> Path:
    return folder / f"drawing-{hashlib.sha256(key.encode()).hexdigest()[:16]}.json"
