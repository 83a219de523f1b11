"""One profile's road net as states and turns, and the questions that are put to it.

A state is "having driven this arc". A turn goes from state to state and costs the second arc. Turn
rules take turns away; a rule over several arcs gets states of its own, which remember the lead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from console.gridmap.model.place import Place, Travel
from console.gridmap.routing.ground import Ground, Snap
from console.gridmap.routing.links import Bools, Floats, Ints, Links
from console.gridmap.routing.rules import PROFILES

NOWHERE = Travel(None, None)
_LEAST_S = 1e-6


class _Found(NamedTuple):
    """The best way so far: its seconds, first state, goal (row of the search), and the state
    from which the search leads on: the first one, the next one (once round the block), or None
    when start and goal lie on the same arc."""

    seconds: float
    first: int
    row: int
    onward: int | None


class Route(NamedTuple):
    """A way: what it takes, its arcs, and the parts of the first and last arc outside of it."""

    travel: Travel
    arcs: list[int]
    skipped: float
    left_over: float


class Network:
    """The net of one profile. Made once, asked from any thread."""

    def __init__(self, links: Links, profile: str) -> None:
        self.links = links
        self._profile = PROFILES.index(profile)
        kmh = links.kmh[links.way, self._profile, :]
        metres = links.metres
        with np.errstate(divide="ignore"):
            cost = np.where(kmh > 0, metres[:, None] * 3.6 / kmh, np.inf)
        open_arcs = np.flatnonzero(np.isfinite(cost.reshape(-1)))
        self.arc = open_arcs  # state → arc; copies for long turn rules stand at the end
        self.seconds = np.maximum(cost.reshape(-1)[open_arcs], _LEAST_S)
        self.length = np.repeat(metres, 2)[open_arcs]
        self.state = np.full(2 * len(metres), -1, np.int64)  # arc → its plain state
        self.state[open_arcs] = np.arange(len(open_arcs))
        self._away, self._onto = self._turns()
        self._draw_copies()
        weights = self.seconds[self._onto]
        shape = (len(self.arc), len(self.arc))
        self.ahead = csr_array((weights, (self._away, self._onto)), shape=shape)
        self.back = csr_array((weights, (self._onto, self._away)), shape=shape)
        self._kin: dict[int, list[int]] = {}  # arc → all its states, where it has copies
        for index in range(len(open_arcs), len(self.arc)):
            plain = int(self.arc[index])
            self._kin.setdefault(plain, [int(self.state[plain])]).append(index)
        self.ground = Ground(links, np.unique(open_arcs >> 1))

    def _turns(self) -> tuple[Ints, Ints]:
        """All allowed turns between plain states."""
        links, arcs = self.links, self.arc
        ends = np.stack((links.tail, links.head), axis=1)
        tail = ends[arcs >> 1, arcs & 1]
        head = ends[arcs >> 1, 1 - (arcs & 1)]
        order = np.argsort(tail, kind="stable")
        low = np.searchsorted(tail[order], head, side="left")
        high = np.searchsorted(tail[order], head, side="right")
        count = high - low
        away = np.repeat(np.arange(len(arcs)), count)
        offset = np.arange(len(away)) - np.repeat(np.cumsum(count) - count, count)
        onto = order[np.repeat(low, count) + offset]
        round_turn = arcs[away] == (arcs[onto] ^ 1)
        stopped = links.blocked[head, self._profile][away] if len(away) else np.zeros(0, bool)
        onward = np.zeros(len(arcs), np.bool_)  # the state can go on without turning round
        onward[away[~round_turn & ~stopped]] = True
        # a vehicle turns round only where the road ends; on foot and by bicycle anywhere
        wheels = PROFILES[self._profile] in ("car", "motorcycle")
        round_ok = ~onward[away] if wheels else np.ones(len(away), np.bool_)
        keep: Bools = np.where(round_turn, round_ok, ~stopped)
        keep &= ~self._barred_pairs(away, onto)
        return away[keep], onto[keep]

    def _barred_pairs(self, away: Ints, onto: Ints) -> Bools:
        rows = self._barred(2)
        size = len(self.state)
        keys = rows[:, 2] * size + rows[:, 3]
        return np.isin(self.arc[away] * size + self.arc[onto], keys)

    def _barred(self, shortest: int) -> Ints:
        rows = self.links.barred
        mine = (rows[:, 0] >> self._profile) & 1 == 1
        fits = rows[:, 1] == 2 if shortest == 2 else rows[:, 1] >= shortest
        chosen: Ints = rows[mine & fits]
        return chosen

    def _draw_copies(self) -> None:
        """Turn rules over three arcs and more: states that remember the lead, as in a word trie."""
        chains = [tuple(row[2 : 2 + row[1]].tolist()) for row in self._barred(3)]
        chains = [chain for chain in chains if all(self.state[arc] >= 0 for arc in chain)]
        if not chains:
            return
        plain = len(self.arc)
        onto: dict[int, list[int]] = {}
        for a, b in zip(self._away.tolist(), self._onto.tolist(), strict=True):
            onto.setdefault(a, []).append(b)
        leads = sorted({chain[:n] for chain in chains for n in range(2, len(chain))})
        number = {lead: plain + index for index, lead in enumerate(leads)}
        barred = set(chains)
        turns = []

        def after(trail: tuple[int, ...], arc: int) -> int | None:
            """The state after ``arc`` on this trail: the longest remembered lead wins."""
            longer = (*trail, arc)
            tails = [longer[i:] for i in range(len(longer))]
            if any(part in barred for part in tails):
                return None
            return next((number[t] for t in tails if t in number), int(self.state[arc]))

        trails = [((int(a),), i) for i, a in enumerate(self.arc)]
        trails += [(lead, number[lead]) for lead in leads]
        for trail, index in trails:
            for b in onto.get(int(self.state[trail[-1]]), ()):
                target = after(trail, int(self.arc[b]))
                if target is not None:
                    turns.append((index, target))
        pairs = np.array(turns, np.int64).reshape(-1, 2)
        self._away, self._onto = pairs[:, 0], pairs[:, 1]
        of = self.state[np.array([lead[-1] for lead in leads], np.int64)]
        self.arc = np.concatenate((self.arc, self.arc[of]))
        self.seconds = np.concatenate((self.seconds, self.seconds[of]))
        self.length = np.concatenate((self.length, self.length[of]))

    def travel(
        self, to: Place, starts: Sequence[Place], limit_s: float = float("inf")
    ) -> list[Travel]:
        """The quickest way from each start to the one target, within ``limit_s``."""
        return [route.travel for route in self.routes(to, starts, limit_s)]

    def routes(
        self, to: Place, starts: Sequence[Place], limit_s: float = float("inf")
    ) -> list[Route]:
        """As ``travel``, with the arcs of each way."""
        target, *snaps = self.ground.snap([to, *starts])
        if target is None:
            return [_NO_ROUTE] * len(starts)
        goals = self.states(target, copies=True)
        reach, before = dijkstra(
            self.back,
            indices=[state for state, _ in goals],
            return_predecessors=True,
            limit=limit_s + max(float(self.seconds[state]) for state, _ in goals),
        )
        found = []
        for snap in snaps:
            route = _NO_ROUTE
            if snap is not None:
                starting = self.states(snap, copies=False)
                best = self._best(starting, goals, reach)
                if best is not None and best.seconds <= limit_s:
                    route = self._told(best, dict(starting), goals, before[best.row])
            found.append(route)
        return found

    def states(self, snap: Snap, *, copies: bool) -> list[tuple[int, float]]:
        """The states of a snapped link, each with the part of it that lies behind the point."""
        found = []
        for direction in (0, 1):
            arc = 2 * snap.link + direction
            state = int(self.state[arc])
            if state >= 0:
                behind = snap.part if direction == 0 else 1.0 - snap.part
                kin = self._kin.get(arc, [state]) if copies else [state]
                found += [(index, behind) for index in kin]
        return found

    def _best(
        self, starting: list[tuple[int, float]], goals: list[tuple[int, float]], reach: Floats
    ) -> _Found | None:
        ways = []
        for state, behind in starting:
            rest = (1.0 - behind) * float(self.seconds[state])
            for row, (goal, part) in enumerate(goals):
                whole = float(self.seconds[goal])
                if state == goal and part >= behind:
                    ways.append(_Found((part - behind) * whole, state, row, None))
                    continue
                onward, cost = state, float(reach[row, state])
                if state == goal:
                    onward, cost = self._round(state, reach[row])
                if cost < float("inf"):
                    cost += rest - whole * (1.0 - part)
                    ways.append(_Found(cost, state, row, onward))
        return min(ways, key=lambda way: way.seconds, default=None)

    def _round(self, state: int, reach: Floats) -> tuple[int, float]:
        """The next state and the seconds of the quickest way from a state's end round to it."""
        low, high = self.ahead.indptr[state : state + 2]
        nexts = self.ahead.indices[low:high]
        if not len(nexts):
            return state, float("inf")
        costs = self.ahead.data[low:high] + reach[nexts]
        quickest = int(np.argmin(costs))
        return int(nexts[quickest]), float(costs[quickest])

    def _told(
        self,
        best: _Found,
        starting: dict[int, float],
        goals: list[tuple[int, float]],
        before: Ints,
    ) -> Route:
        goal, part = goals[best.row]
        chain = [best.first]
        if best.onward is not None:
            if best.onward != best.first:
                chain.append(best.onward)
            while chain[-1] != goal:
                chain.append(int(before[chain[-1]]))
        skipped, left_over = starting[best.first], 1.0 - part
        metres = float(self.length[chain].sum())
        metres -= skipped * float(self.length[best.first]) + left_over * float(self.length[goal])
        travel = Travel(max(best.seconds, 0.0), max(metres, 0.0))
        return Route(travel, self.arc[chain].tolist(), skipped, left_over)


_NO_ROUTE = Route(NOWHERE, [], 0.0, 0.0)
