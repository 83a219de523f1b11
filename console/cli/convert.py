"""``convert``: one point against another datum, or as a BeiDou grid code."""

from __future__ import annotations

import argparse

from console.cli.coordinates import pair, place, take_minus
from console.core.errors import Refused
from console.gridmap.model import Datum, bdgrid_code, bdgrid_place
from console.gridmap.model import convert as against

GRID = "bdgrid"
KINDS = (*(str(datum) for datum in Datum), GRID)
_SAME = ("wgs84", "cgcs2000")  # taken as equal, so that the decimal text stays as given


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    take_minus(parser)
    parser.add_argument("--from", required=True, choices=KINDS)
    parser.add_argument("--to", required=True, choices=KINDS)
    parser.add_argument(
        "--level", type=int, default=10, metavar="1..10", help="of the grid code (default 10)"
    )
    parser.add_argument(
        "point", metavar="LAT,LON", help="or a grid code, which stands for the middle of its cell"
    )


def run(args: argparse.Namespace) -> int:
    """Prints ``LAT,LON`` with nine decimals, or the code."""
    source = getattr(args, "from")
    if source == GRID:
        lat, lon = bdgrid_place(args.point)
        texts, source = (f"{lat:.15f}", f"{lon:.15f}"), "cgcs2000"
    else:
        try:
            texts = pair(args.point)
        except argparse.ArgumentTypeError as wrong:
            raise Refused("gridmap.place_text", text=args.point) from wrong
    point = place(texts)
    if args.to == GRID:
        if source not in _SAME:
            lat, lon = against(point.lat, point.lon, source, "cgcs2000")
            texts = f"{lat:.12f}", f"{lon:.12f}"
        print(bdgrid_code(*texts, args.level))
        return 0
    lat, lon = against(point.lat, point.lon, source, args.to)
    print(f"{round(lat, 9) + 0.0:.9f},{round(lon, 9) + 0.0:.9f}")
    return 0
