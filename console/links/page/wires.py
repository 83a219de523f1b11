"""Every link that the page shows: those of the post, and those on trial."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from console.core.actor import Actor
from console.core.database import Database
from console.core.ids import LinkId
from console.links.model import LinkState, Order, Outcome, Piece
from console.links.model.health import HealthMinute
from console.links.service import Supervisor, Trials, order_a_test
from console.people.model import Right, require


class Wires:
    """Asks whichever of the two has the link."""

    def __init__(self, database: Database, supervisor: Supervisor, trials: Trials) -> None:
        self._database = database
        self.supervisor, self.trials = supervisor, trials

    def snapshot(self) -> tuple[LinkState, ...]:
        """The post's links by name, then those on trial."""
        return (*self.supervisor.snapshot(), *self.trials.snapshot())

    def state(self, link_id: LinkId) -> LinkState | None:
        """How this link stands; None where it is no more."""
        return next((one for one in self.snapshot() if one.config.id == link_id), None)

    def tap(self, link_id: LinkId, hear: Callable[[Piece], None]) -> Callable[[], None]:
        """``hear`` is told every piece of this link until what is returned is called."""
        if self.trials.has(link_id):
            return self.trials.tap(link_id, hear)
        return self.supervisor.tap(link_id, hear)

    def give(
        self,
        actor: Actor,
        state: LinkState,
        order: tuple[Order, float],
        then: Callable[[Outcome], None],
    ) -> None:
        """The test order (with its seconds) is on its way. Not for the UI thread."""
        link_id = state.config.id
        if self.trials.has(link_id):
            require(actor, Right.MANAGE_LINKS)
            self.trials.order(link_id, *order, then)
        else:
            order_a_test(self._database, self.supervisor, actor, (state, *order), then)

    def health(self, link_id: LinkId, since: datetime) -> list[HealthMinute]:
        """The minutes of this link from then on; of one on trial nothing is kept. Not for the UI
        thread."""
        if self.trials.has(link_id):
            return []
        with self._database.read() as connection:
            return self.supervisor.health.health(connection, link_id, since)
