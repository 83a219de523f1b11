"""A technician's test order to a device of the post: allowed, written down, sent."""

from __future__ import annotations

from console.core.actor import Actor
from console.core.database import Database
from console.links.model import LinkState, Order
from console.links.service.asking import Then
from console.links.service.supervisor import Supervisor
from console.people.model import Right, require


def order_a_test(
    database: Database, supervisor: Supervisor, actor: Actor, to: tuple[LinkState, Order, float],
    then: Then,
) -> None:  # fmt: skip
    """The trail names the order, and then it is on its way; ``then`` as the supervisor's.

    ``to``: the link as it was seen, the order, and how many seconds it has.
    """
    require(actor, Right.MANAGE_LINKS)
    state, order, deadline_s = to
    told = {name: str(value)[:80] for name, value in order._asdict().items()}
    with database.act(actor) as act:
        act.audit(
            "link.test_order", "link", state.config.id, name=state.config.name,
            order=type(order).__name__, **{f"order_{name}": value for name, value in told.items()},
        )  # fmt: skip
    supervisor.order(state.config.id, order, deadline_s, then)
