"""Acts on calls, and what the desk looks at."""

from console.dispatch.service.advice import recommend
from console.dispatch.service.assignment import arrive, assign, depart, take_off
from console.dispatch.service.board import (
    BoardReader,
    board,
    bound_units,
    call,
    call_of_unit,
    duplicates,
    duplicates_of,
    find,
    linked,
    steps_by,
    tally,
)
from console.dispatch.service.city import call_cancelled, call_created, call_updated, handlers
from console.dispatch.service.ground import RoadsGround
from console.dispatch.service.intake import (
    Edit,
    Ground,
    change_call,
    take_call,
    take_call_within,
)
from console.dispatch.service.origin import link_origin
from console.dispatch.service.progress import (
    cancel,
    close,
    explain_delay,
    feed_back,
    finish,
    link,
    merge,
    reopen,
    return_call,
    reveal_caller,
    sign,
    transfer,
)
from console.dispatch.service.tables import change_limits, codes, limits, natures
from console.dispatch.service.undo import undo, undo_assign
from console.dispatch.store.found_by import index_anew

__all__ = [
    "BoardReader",
    "Edit",
    "Ground",
    "RoadsGround",
    "arrive",
    "assign",
    "board",
    "bound_units",
    "call",
    "call_cancelled",
    "call_created",
    "call_of_unit",
    "call_updated",
    "cancel",
    "change_call",
    "change_limits",
    "close",
    "codes",
    "depart",
    "duplicates",
    "duplicates_of",
    "explain_delay",
    "feed_back",
    "find",
    "finish",
    "handlers",
    "index_anew",
    "limits",
    "link",
    "link_origin",
    "linked",
    "merge",
    "natures",
    "recommend",
    "reopen",
    "return_call",
    "reveal_caller",
    "sign",
    "steps_by",
    "take_call",
    "take_call_within",
    "take_off",
    "tally",
    "transfer",
    "undo",
    "undo_assign",
]
