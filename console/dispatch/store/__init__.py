"""The rows of calls, their crews and their log."""

from console.dispatch.store.calls import (
    around,
    call_row,
    find_call,
    insert_call,
    next_number,
    open_calls,
    search,
    to_call,
    update_call,
)
from console.dispatch.store.crews import (
    assignments,
    crews_of_open,
    held,
    insert_assignment,
    sorties,
    to_assignment,
    update_assignment,
)
from console.dispatch.store.log import (
    append_line,
    insert_link,
    insert_tombstone,
    linked,
    log_of,
    newest_lines,
    tombstone,
)
from console.dispatch.store.tables import (
    assignment_table,
    call_table,
    link_table,
    log_table,
    tombstone_table,
)

__all__ = [
    "append_line",
    "around",
    "assignment_table",
    "assignments",
    "call_row",
    "call_table",
    "crews_of_open",
    "find_call",
    "held",
    "insert_assignment",
    "insert_call",
    "insert_link",
    "insert_tombstone",
    "link_table",
    "linked",
    "log_of",
    "log_table",
    "newest_lines",
    "next_number",
    "open_calls",
    "search",
    "sorties",
    "to_assignment",
    "to_call",
    "tombstone",
    "tombstone_table",
    "update_assignment",
    "update_call",
]
