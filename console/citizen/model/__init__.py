"""Visits at the counter: facts, numbers, masks, kinds and the words they are found by."""

from console.citizen.model.kind import VisitKind, VisitTable, checked_table, read_table
from console.citizen.model.mask import masked_identity, masked_name, masked_phone, masked_words
from console.citizen.model.number import (
    day_of,
    day_span,
    number_of,
    read_day,
    read_number,
    visit_key,
)
from console.citizen.model.person_number import looks_like_phone, plain_number
from console.citizen.model.visit import (
    NO_PERSON,
    Correction,
    NewVisit,
    Personal,
    Visit,
    VisitLine,
    VisitsChanged,
    VisitView,
    Wanted,
    checked_correction,
    checked_visit,
)

__all__ = [
    "NO_PERSON",
    "Correction",
    "NewVisit",
    "Personal",
    "Visit",
    "VisitKind",
    "VisitLine",
    "VisitTable",
    "VisitView",
    "VisitsChanged",
    "Wanted",
    "checked_correction",
    "checked_table",
    "checked_visit",
    "day_of",
    "day_span",
    "looks_like_phone",
    "masked_identity",
    "masked_name",
    "masked_phone",
    "masked_words",
    "number_of",
    "plain_number",
    "read_day",
    "read_number",
    "read_table",
    "visit_key",
]
