"""Where things are: places, datums, grid codes, patrol areas."""

from console.core.datum import Datum, convert
from console.gridmap.model.area import Area, Cell, inside
from console.gridmap.model.bdgrid import bdgrid_code, bdgrid_place
from console.gridmap.model.place import (
    Label,
    Place,
    PlaceHit,
    Reach,
    StreetHit,
    Travel,
    TravelProfile,
    place_from_text,
)

__all__ = [
    "Area",
    "Cell",
    "Datum",
    "Label",
    "Place",
    "PlaceHit",
    "Reach",
    "StreetHit",
    "Travel",
    "TravelProfile",
    "bdgrid_code",
    "bdgrid_place",
    "convert",
    "inside",
    "place_from_text",
]
