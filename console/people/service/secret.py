"""Secrets: hashed, compared, and never kept or logged."""

from __future__ import annotations

from datetime import datetime

import argon2
import sqlalchemy as sa
from argon2.exceptions import InvalidHashError, VerificationError

from console.core import reference
from console.core.database import Database
from console.people.model import SignInPolicy, check_secret

# RFC 9106 argon2id; 32 MiB and 3 passes take 50 to 100 ms on the two cores of a post's machine.
HASHER = argon2.PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)
# The hash of a thrown-away random secret: an unknown number costs the same work as a known one.
NOBODY = "$argon2id$v=19$m=32768,t=3,p=1$ZmtMTfIH4sA3GDK2dJPOzw$NLAOu957NPRlFzo6v1RJWE94jntveHRtevqSgg2Hv3s"


def sign_in_policy(connection: sa.Connection, now: datetime) -> SignInPolicy:
    """The policy that holds now."""
    return SignInPolicy.of(reference.current(connection, "sign_in_policy", now))


def prepared(database: Database, number: str, secret: str) -> str:
    """The hash of a secret that the policy allows; made outside any transaction."""
    with database.read() as connection:
        policy = sign_in_policy(connection, database.clock.now())
    check_secret(secret, number.strip(), policy)
    return HASHER.hash(secret)


def fits(secret: str, secret_hash: str) -> bool:
    """The secret is the one that was hashed."""
    try:
        return HASHER.verify(secret_hash, secret)
    except (VerificationError, InvalidHashError):
        return False
