"""The recovery key for paper: given once its officer has shown his secret, on the record, never in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from console.core import recovery_key
from console.core.actor import SYSTEM
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.keyfile import key_folder, key_id_of
from console.people import service as people
from console.people.model import Right, Session, require


@dataclass(frozen=True, slots=True)
class RecoveryPaper:
    """What stands on the paper. Its ``lines`` and ``code`` are the key: never logged, never kept."""

    post: str
    key_id: str
    at: datetime
    by: str
    lines: tuple[str, ...]
    code: str

    def __repr__(self) -> str:
        return f"RecoveryPaper({self.post!r}, {self.key_id!r})"


def recovery_paper(database: Database, session: Session | None, secret: str) -> RecoveryPaper:
    """The store's key as it is printed; the trail says who was given it, not what it is.

    Slow (the secret is checked): call off the UI thread. Refused without the right, with a wrong
    secret (which counts as a wrong try), and while nobody is signed in.
    """
    if session is None:
        raise Refused("recovery.nobody_here")
    require(session.actor, Right.MAKE_BACKUP)
    proof = people.show_secret(database, session.number, secret)
    with database.act(SYSTEM) as act:
        attested = people.attest_within(act, proof)
        if not isinstance(attested, Refused):
            return _paper(database, act, attested)
    raise attested


def _paper(database: Database, act: Act, session: Session) -> RecoveryPaper:
    require(session.actor, Right.MAKE_BACKUP)  # as of now
    key_id = key_id_of(database.path.parent) or ""
    lines = recovery_key.key_lines(database.key)
    act.audit("recovery_key.printed", "key", key_id, post=database.post)
    by = f"{session.name} {session.number}"
    return RecoveryPaper(database.post, key_id, act.at, by, lines, recovery_key.code_text(lines))


def require_apart(file: Path, data: Path, backups: str) -> None:
    """The file would not lie beside what its key opens. Refused otherwise."""
    place = file.absolute().parent.resolve()
    kept = [data.resolve(), *([Path(backups).resolve()] if backups else [])]
    kept = [one for one in (*kept, key_folder().resolve()) if one == place or one in place.parents]
    if kept:
        raise Refused("recovery.beside_data", field="file", path=str(place))
