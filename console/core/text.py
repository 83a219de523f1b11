"""Text from people and from outside, as it may be kept, shown and told on."""

from __future__ import annotations

# characters that turn the direction of what follows: they could make a text read as another
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def shown(text: str, most: int) -> str:
    """The text without control characters (line breaks stay) and at most ``most`` long.

    Markup is just text and stays as it is; so do the bidirectional marks' neighbours, without them.
    """
    kept = (
        c for c in text if c in "\n\t" or ((c.isprintable() or c == "\u3000") and c not in _TURNING)
    )
    return "".join(kept)[:most].strip()
