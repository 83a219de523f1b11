"""What the links room does: acts on links, the supervisor of their threads, decoding, ports."""

from console.links.service.acts import add_link, change_link, links, record_link, remove_link
from console.links.service.decoding import (
    decode,
    decode_all,
    default_settings,
    families,
    plugged_ports,
)
from console.links.service.examining import (
    UNREADABLE_FROM,
    Examined,
    examine,
    unreadable,
    where,
)
from console.links.service.replaying import replay
from console.links.service.runner import LinkRunner
from console.links.service.supervisor import Supervisor
from drivers.transport.holding import Access, Holder, access, holders

__all__ = [
    "UNREADABLE_FROM",
    "Access",
    "Examined",
    "Holder",
    "LinkRunner",
    "Supervisor",
    "access",
    "add_link",
    "change_link",
    "decode",
    "decode_all",
    "default_settings",
    "examine",
    "families",
    "holders",
    "links",
    "plugged_ports",
    "record_link",
    "remove_link",
    "replay",
    "unreadable",
    "where",
]
