"""What the links room does: acts on links, the supervisor of their threads, decoding, ports."""

from console.links.service.acts import (
    add_link,
    change_link,
    links,
    record_link,
    remove_link,
    set_up_link,
)
from console.links.service.decoding import decode, decode_all, families, plugged_ports
from console.links.service.replaying import replay
from console.links.service.runner import LinkRunner
from console.links.service.supervisor import Supervisor

__all__ = [
    "LinkRunner",
    "Supervisor",
    "add_link",
    "change_link",
    "decode",
    "decode_all",
    "families",
    "links",
    "plugged_ports",
    "record_link",
    "remove_link",
    "replay",
    "set_up_link",
]
