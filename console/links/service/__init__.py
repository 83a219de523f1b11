"""What the links room does: acts on links, the supervisor of their threads, decoding, ports."""

from console.links.service.acts import (
    add_link,
    change_link,
    links,
    record_link,
    remove_link,
    set_up_link,
)
from console.links.service.captures import Capture, captures, look
from console.links.service.config_file import (
    Fate,
    Planned,
    export_links,
    import_links,
    plan_import,
)
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
from console.links.service.health import counted_since
from console.links.service.replaying import replay
from console.links.service.runner import LinkRunner
from console.links.service.simulating import simulated_families
from console.links.service.supervisor import Supervisor
from console.links.service.testing import order_a_test
from console.links.service.trials import Trials
from drivers.transport.holding import Access, Holder, access, holders

__all__ = [
    "UNREADABLE_FROM",
    "Access",
    "Capture",
    "Examined",
    "Fate",
    "Holder",
    "LinkRunner",
    "Planned",
    "Supervisor",
    "Trials",
    "access",
    "add_link",
    "captures",
    "change_link",
    "counted_since",
    "decode",
    "decode_all",
    "default_settings",
    "examine",
    "export_links",
    "families",
    "holders",
    "import_links",
    "links",
    "look",
    "order_a_test",
    "plan_import",
    "plugged_ports",
    "record_link",
    "remove_link",
    "replay",
    "set_up_link",
    "simulated_families",
    "unreadable",
    "where",
]
