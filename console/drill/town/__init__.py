"""The sample post's town: Qinghe (青禾), wholly invented, in the open sea where no town is.

``make`` draws it again, always the same: an OpenStreetMap extract and the patrol areas.
"""

from console.drill.town.make import AREAS_FILE, ROADS_FILE, make

__all__ = ["AREAS_FILE", "ROADS_FILE", "make"]
