"""The road net as arrays: junctions, links between them, speeds by profile, turns that are barred.

An arc is a link in one direction: ``2 * link`` along its way, ``2 * link + 1`` against it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from console.gridmap.model.place import EARTH_RADIUS_M
from console.gridmap.routing.extract import Extract, TurnRule
from console.gridmap.routing.rules import PROFILES, blocks, passage, restriction_kind

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

FORMAT = 1  # of the cache file: raise it whenever an array or its meaning changes


@dataclass(frozen=True, slots=True)
class Links:
    """Everything that the routing needs, in arrays that a cache file can hold.

    ``words`` is JSON text as bytes: names and classes of the ways, shapes' kinds, labels.
    """

    point_lat: Floats  # every point of every way, way after way
    point_lon: Floats
    point_ref: Ints  # the node's id in the extract
    way_start: Ints  # way w has the points way_start[w] : way_start[w + 1]
    along_m: Floats  # metres from the way's first point
    first: Ints  # link → its first and its last point
    last: Ints
    tail: Ints  # link → the junctions at its ends
    head: Ints
    way: Ints  # link → way
    kmh: Floats  # (way, profile, direction), 0 where closed
    blocked: Bools  # (junction, profile)
    barred: Ints  # rows: bit mask of profiles, length, then up to _LONGEST arcs, -1 padded
    shape_start: Ints
    shape_lat: Floats
    shape_lon: Floats
    words: NDArray[np.uint8]

    @property
    def metres(self) -> Floats:
        """Metres of each link."""
        return self.along_m[self.last] - self.along_m[self.first]

    def told(self) -> dict[str, Any]:
        """The names and kinds: ways, shapes, labels, initials."""
        found: dict[str, Any] = json.loads(self.words.tobytes())
        return found


_LONGEST = 8  # arcs of one barred sequence


def build(extract: Extract) -> Links:
    """The arrays of an extract."""
    ways = extract.ways
    lengths = [len(way.refs) for way in ways]
    way_start = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    refs = np.array([ref for way in ways for ref in way.refs], np.int64)
    points = np.array([point for way in ways for point in way.points], np.float64).reshape(-1, 2)
    kmh = np.array([[passage(way.tags, p) for p in PROFILES] for way in ways], np.float64)
    kmh = kmh.reshape(len(ways), len(PROFILES), 2)
    way_of = np.repeat(np.arange(len(ways)), lengths)
    passable: Bools = (kmh.reshape(len(ways), -1).max(axis=1) > 0)[way_of]
    special = {ref for ref, tags in extract.nodes.items() if any(blocks(tags, p) for p in PROFILES)}
    special.update(rule.via_node for rule in extract.rules if rule.via_node is not None)
    cut = _cuts(refs, way_start, passable, special)
    at = np.flatnonzero(cut)
    same = (way_of[at[:-1]] == way_of[at[1:]]) if len(at) else np.zeros(0, bool)
    first, last = at[:-1][same], at[1:][same]
    junction_ref, position = np.unique(refs[at], return_inverse=True)
    junction = np.full(len(refs), -1, np.int64)
    junction[at] = position
    blocked = np.zeros((len(junction_ref), len(PROFILES)), np.bool_)
    for index, ref in enumerate(junction_ref.tolist()):
        if ref in special and ref in extract.nodes:
            blocked[index] = [blocks(extract.nodes[ref], p) for p in PROFILES]
    tail, head, way = junction[first], junction[last], way_of[first]
    number = {ref: index for index, ref in enumerate(junction_ref.tolist())}
    osm_id = np.array([w.osm_id for w in ways], np.int64)
    barred = _Barred(tail, head, osm_id[way], number).rows(extract.rules)
    shape_points = [point for _, ring in extract.shapes for point in ring]
    shapes = np.array(shape_points, np.float64).reshape(-1, 2)
    shape_start = np.concatenate(([0], np.cumsum([len(ring) for _, ring in extract.shapes])))
    return Links(
        points[:, 0].copy(), points[:, 1].copy(), refs, way_start,
        _along(points, way_start), first, last, tail, head, way, kmh, blocked, barred,
        shape_start.astype(np.int64), shapes[:, 0].copy(), shapes[:, 1].copy(), _words(extract),
    )  # fmt: skip


def save(links: Links, file: Path, digest: str) -> None:
    """The cache file holds these links, made from the extract of this digest; whole or not at all."""
    arrays: dict[str, Any] = {f.name: getattr(links, f.name) for f in fields(Links)}
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    with fresh.open("wb") as out:
        np.savez(out, digest=np.array(digest), format=np.array(FORMAT), **arrays)
    fresh.replace(file)


def restore(file: Path, digest: str) -> Links | None:
    """The links of the cache file; None where it is not of this extract or of this format."""
    with file.open("rb") as source, np.load(source, allow_pickle=False) as kept:
        if int(kept["format"]) != FORMAT or str(kept["digest"]) != digest:
            return None
        return Links(**{f.name: kept[f.name] for f in fields(Links)})


def _cuts(refs: Ints, way_start: Ints, passable: Bools, special: set[int]) -> Bools:
    """Which points part their way into links: ends, points of several ways, barriers, turn rules."""
    cut = np.zeros(len(refs), np.bool_)
    cut[way_start[:-1]] = True
    cut[way_start[1:] - 1] = True
    _, group, count = np.unique(refs[passable], return_inverse=True, return_counts=True)
    shared = np.zeros(len(refs), np.bool_)
    shared[passable] = count[group] > 1
    special_refs = np.array(sorted(special), np.int64)
    return (cut | shared | np.isin(refs, special_refs)) & passable


def _along(points: Floats, way_start: Ints) -> Floats:
    """Metres from the first point of its way to each point."""
    lat, lon = np.radians(points[:, 0]), np.radians(points[:, 1])
    chord = (
        np.sin(np.diff(lat) / 2) ** 2
        + np.cos(lat[:-1]) * np.cos(lat[1:]) * np.sin(np.diff(lon) / 2) ** 2
    )
    steps = np.concatenate(([0.0], 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(chord))))
    steps[way_start[:-1]] = 0.0
    run = np.cumsum(steps)
    lengths = np.diff(way_start)
    along: Floats = run - np.repeat(run[way_start[:-1]], lengths)
    return along


def _words(extract: Extract) -> NDArray[np.uint8]:
    names = [way.tags.get("name:zh") or way.tags.get("name") or "" for way in extract.ways]
    known = sorted({*names, *(label.name for label in extract.labels)} - {""})
    told = {
        "classes": [way.tags["highway"] for way in extract.ways],
        "names": names,
        "kinds": [kind for kind, _ in extract.shapes],
        "labels": [[label.name, label.kind, label.lat, label.lon] for label in extract.labels],
        "initials": {name: _initials(name) for name in known},
    }
    return np.frombuffer(json.dumps(told, ensure_ascii=False).encode("utf-8"), np.uint8)


def _initials(name: str) -> str:
    """The pinyin initials of a Chinese name (人民路: rml); empty for a name without Chinese."""
    if not any("\u4e00" <= letter <= "\u9fff" for letter in name):
        return ""
    from pypinyin import Style, lazy_pinyin  # its dictionary takes a while: only where needed

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()


class _Barred:
    """Turn rules as sequences of arcs that may not follow each other."""

    def __init__(self, tail: Ints, head: Ints, osm_id: Ints, number: dict[int, int]) -> None:
        self._tail = np.stack((tail, head), axis=1).reshape(-1)  # by arc
        self._head = np.stack((head, tail), axis=1).reshape(-1)
        self._number = number
        self._of_way: dict[int, list[int]] = {}
        for link, way in enumerate(osm_id.tolist()):
            self._of_way.setdefault(way, []).extend((2 * link, 2 * link + 1))
        order = np.argsort(self._tail, kind="stable")
        bounds = np.searchsorted(self._tail[order], np.arange(len(number) + 1))
        self._leaving = [order[a:b].tolist() for a, b in pairwise(bounds.tolist())]

    def rows(self, rules: Iterable[TurnRule]) -> Ints:
        """One row a barred sequence: profiles' mask, number of arcs, the arcs."""
        found = []
        for rule in rules:
            kinds = [restriction_kind(rule.tags, profile) for profile in PROFILES]
            for kind in sorted(set(kinds) - {""}):
                mask = sum(1 << index for index, own in enumerate(kinds) if own == kind)
                for chain in self._chains(rule, kind):
                    if len(chain) <= _LONGEST:
                        pad = [-1] * (_LONGEST - len(chain))
                        found.append([mask, len(chain), *chain, *pad])
        return np.array(found, np.int64).reshape(-1, 2 + _LONGEST)

    def _chains(self, rule: TurnRule, kind: str) -> Iterator[list[int]]:
        wanted = {arc for way in rule.to_ways for arc in self._of_way.get(way, ())}
        only = kind.startswith("only_")
        for lead in self._leads(rule):
            leaving = self._leaving[int(self._head[lead[-1]])]
            back = lead[-1] ^ 1
            meant = [arc for arc in leaving if arc in wanted]
            if kind == "no_u_turn" and rule.to_ways == rule.from_ways:
                meant = [arc for arc in meant if arc == back]
            elif meant != [back]:  # a way that goes on past the junction under its one id
                meant = [arc for arc in meant if arc != back]
            if not meant:
                continue  # the rule does not fit the ways: not ours to guess
            for arc in leaving:
                if (arc in meant) is not only and not (only and arc == back):
                    yield [*lead, arc]

    def _leads(self, rule: TurnRule) -> list[list[int]]:
        """The runs of arcs that lead to the barred turn: the from arc, then any via arcs."""
        start = [arc for way in rule.from_ways for arc in self._of_way.get(way, ())]
        if rule.via_node is not None:
            node = self._number.get(rule.via_node, -1)
            return [[arc] for arc in start if int(self._head[arc]) == node]
        leads = [[arc] for arc in start]
        for way in rule.via_ways:
            along = set(self._of_way.get(way, ()))
            leads = [run for lead in leads for run in self._through(lead, along)]
        return leads

    def _through(self, lead: list[int], along: set[int]) -> Iterator[list[int]]:
        """The lead drawn out along a via way, either way round, to each junction of that way."""
        runs = [lead]
        while runs and len(runs[0]) < _LONGEST:
            runs = [
                [*run, arc]
                for run in runs
                for arc in self._leaving[int(self._head[run[-1]])]
                if arc in along and arc != run[-1] ^ 1 and arc not in run
            ]
            yield from runs
