"""What happens to one item of the feed: handed to its room, or kept in quarantine with the reason."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from console.core.canonical import sha256_hex
from console.core.commit import sorted_error
from console.core.database import Act
from console.core.errors import Conflict, Refused, Unavailable
from console.core.text import shown
from console.sync.model import Quarantined, believable, kept_text
from console.sync.service.contract import Contract
from console.sync.store import feed as store

log = logging.getLogger(__name__)
Handler = Callable[[Act, dict[str, Any]], None]


class Intake:
    """Takes items in, each in a part of its own of the act that moves the cursor."""

    def __init__(self, post: str, contract: Contract, handlers: Mapping[str, Handler]) -> None:
        self._post = post
        self._contract = contract
        self._handlers = handlers

    def take(self, act: Act, item: object) -> bool:
        """The item is with its room, or in quarantine; whether it was new: one that came before is
        passed over, whatever it says now."""
        item_id = identity_of(item)
        if store.seen(act.connection, [item_id]):
            return False
        store.remember(act.connection, item_id, act.at)
        wrong = self.fault(item)
        if wrong is None:
            assert isinstance(item, dict)
            wrong = self.hand_over(act, item)
        if wrong is not None:
            code, message = wrong
            # The explanation quotes the item, and the log is no place for callers' numbers.
            log.warning("feed item %s goes to quarantine: %s", item_id, code)
            kept = quarantined(item, item_id, act.at, code, message)
            store.keep_aside(act.connection, kept)
            act.audit("sync.quarantined", "feed_item", item_id, code=code, kind=kept.kind)
        return True

    def fault(self, item: object) -> tuple[str, str] | None:
        """Why the item cannot be taken (code, explanation); None when it can be tried."""
        unbelievable = believable(item)
        if unbelievable is not None:
            return "sync.item_unreadable", unbelievable
        broken = self._contract.fault("item", item)
        if broken is not None or not isinstance(item, dict):
            return "sync.item_broken", broken or "not an object"
        meant = item.get("post", item["payload"].get("post", self._post))
        if meant != self._post:
            return "sync.item_for_another", str(meant)[:200]
        kind = item["kind"]
        if kind not in self._handlers:
            return "sync.item_unknown", kind
        broken = self._contract.fault(f"downward/{kind}", item["payload"])
        return None if broken is None else ("sync.item_broken", broken)

    def hand_over(self, act: Act, item: dict[str, Any]) -> tuple[str, str] | None:
        """The room has taken the item, or nothing of it was written and this is why."""
        try:
            with act.part():
                self._handlers[item["kind"]](act, item["payload"])
        except (Refused, Conflict) as refused:
            return refused.code, json.dumps(refused.details, default=str)
        except Unavailable:
            raise  # the disk's fault, not the item's: the whole act is tried again
        except Exception as bug:
            if sorted_error(bug) is not bug:
                raise  # the fault of disk or memory
            log.exception("taking %s failed", item["kind"])
            return "sync.item_failed", repr(bug)[:500]
        return None


def identity_of(item: object) -> str:
    """The item's own id, or one made from its content where it has none that can be kept."""
    told = item.get("item_id") if isinstance(item, dict) else None
    if isinstance(told, str) and 0 < len(told) <= 64 and all("!" <= sign <= "~" for sign in told):
        return told
    return "raw-" + sha256_hex(kept_text(item))


def quarantined(item: object, item_id: str, at: datetime, code: str, message: str) -> Quarantined:
    """The item as it is kept: raw, escaped so that any text can be stored."""
    kind = item.get("kind") if isinstance(item, dict) else None
    known = shown(kind, 64) if isinstance(kind, str) else ""
    return Quarantined(item_id, known or "?", at, code, shown(message, 2000), kept_text(item))
