"""Acts on officers: administering them, signing in and out, taking them in as a table."""

from console.people.service.officers import (
    add_officer,
    change_roles,
    deactivate,
    first_officer,
    officer,
    officers,
    reactivate,
    set_secret,
)
from console.people.service.secret import sign_in_policy
from console.people.service.signing_in import (
    attest_within,
    change_own_secret,
    refresh,
    show_secret,
    sign_in,
    sign_out,
    unlock,
)

__all__ = [
    "add_officer",
    "attest_within",
    "change_own_secret",
    "change_roles",
    "deactivate",
    "first_officer",
    "officer",
    "officers",
    "reactivate",
    "refresh",
    "set_secret",
    "show_secret",
    "sign_in",
    "sign_in_policy",
    "sign_out",
    "unlock",
]
