"""HTTP digest (RFC 7616), for cameras that ask for it beside the token in the message."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable
from urllib.request import parse_http_list, parse_keqv_list

_HASHES = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


def challenge_of(headers: Iterable[str]) -> dict[str, str] | None:
    """The strongest digest that these ``WWW-Authenticate`` headers ask for; None where none does.

    Basic is never answered: it would send the password itself.
    """
    found: list[dict[str, str]] = []
    for header in headers:
        scheme, _, rest = header.partition(" ")
        if scheme.lower() != "digest":
            continue
        try:
            asked = parse_keqv_list(parse_http_list(rest))
        except ValueError:
            continue
        offered = asked.get("qop", "auth").replace(" ", "").split(",")
        if "nonce" in asked and "auth" in offered and _name(asked) in _HASHES:
            found.append(asked)
    return max(found, key=_name, default=None)  # "SHA-256" stands after "MD5"


def answer_to(challenge: dict[str, str], user: str, password: str, path: str) -> str:
    """The ``Authorization`` of a POST to this path."""
    realm, nonce = challenge.get("realm", ""), challenge["nonce"]
    hashed = _hashed(_name(challenge))
    first, second = hashed(f"{user}:{realm}:{password}"), hashed(f"POST:{path}")
    parts = {"username": user, "realm": realm, "nonce": nonce, "uri": path}
    bare = {"algorithm": _name(challenge)}
    if "qop" in challenge:
        own = secrets.token_hex(8)
        bare |= {"qop": "auth", "nc": "00000001"}
        parts["cnonce"] = own
        parts["response"] = hashed(f"{first}:{nonce}:00000001:{own}:auth:{second}")
    else:
        parts["response"] = hashed(f"{first}:{nonce}:{second}")
    if "opaque" in challenge:
        parts["opaque"] = challenge["opaque"]
    quoted = [f'{name}="{_quoted(value)}"' for name, value in parts.items()]
    return "Digest " + ", ".join([*quoted, *(f"{name}={value}" for name, value in bare.items())])


def _name(challenge: dict[str, str]) -> str:
    return challenge.get("algorithm", "MD5").upper()


def _hashed(name: str) -> Callable[[str], str]:
    return lambda text: _HASHES[name](text.encode(), usedforsecurity=False).hexdigest()


def _quoted(text: str) -> str:
    """As it may stand between quotes in a header's one line."""
    plain = "".join(c for c in text if c.isprintable())
    return plain.replace("\\", "\\\\").replace('"', '\\"')
