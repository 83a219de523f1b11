"""Acts at the counter, and what its page looks at."""

from console.citizen.service.call import CallFacts, call_facts, link_call
from console.citizen.service.correcting import correct
from console.citizen.service.forgetting import Forgetter, forget_expired
from console.citizen.service.look import FIND_CHARS, Figures, figures, find, visit
from console.citizen.service.personal import note_card, note_receipt, reveal
from console.citizen.service.recording import next_key, record, record_within
from console.citizen.service.tables import change_table, table
from console.citizen.store import index_anew

__all__ = [
    "FIND_CHARS",
    "CallFacts",
    "Figures",
    "Forgetter",
    "call_facts",
    "change_table",
    "correct",
    "figures",
    "find",
    "forget_expired",
    "index_anew",
    "link_call",
    "next_key",
    "note_card",
    "note_receipt",
    "record",
    "record_within",
    "reveal",
    "table",
    "visit",
]
