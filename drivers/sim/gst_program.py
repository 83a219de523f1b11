"""An RTSP server of GStreamer, as a program of the system's own Python (see ``gst_camera``).

    /usr/bin/python3 gst_program.py PORT PARTS…

Each part is ``name=PIPELINE``. Tells ``ready PORT``. On standard input:
``user NAME PASSWORD`` asks for it from then on, ``udp NAME`` serves that mount over UDP alone,
``film NAME PIPELINE`` makes another film of a mount for who comes next. Ends with its input.
"""

from __future__ import annotations

import sys
import threading
from importlib import import_module
from typing import Any

gi: Any = import_module("gi")  # of the system, not of .venv
for library in ("Gst", "GstRtsp", "GstRtspServer"):
    gi.require_version(library, "1.0")
GLib, Gst, GstRtsp, GstRtspServer = (
    import_module(f"gi.repository.{name}") for name in ("GLib", "Gst", "GstRtsp", "GstRtspServer")
)


class Server:
    """Mounts on one loopback port; every mount is one film, shared by all who look at it."""

    def __init__(self, port: str, parts: list[str]) -> None:
        self.server = GstRtspServer.RTSPServer()
        self.server.set_address("127.0.0.1")
        self.server.set_service(port)
        self.server.set_backlog(64)
        self.factories: dict[str, Any] = {}
        for part in parts:
            name, _, pipeline = part.partition("=")
            self.mount(name, pipeline)

    def mount(self, name: str, pipeline: str) -> None:
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_launch(f"( {pipeline} )")
        factory.set_shared(True)
        factory.set_protocols(GstRtsp.RTSPLowerTrans.TCP | GstRtsp.RTSPLowerTrans.UDP)
        self.factories[name] = factory
        self.server.get_mount_points().add_factory(f"/{name}", factory)

    def ask_for(self, user: str, password: str) -> None:
        auth = GstRtspServer.RTSPAuth()
        token = GstRtspServer.RTSPToken()
        token.set_string("media.factory.role", "viewer")
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.add_digest(user, password, token)
        self.server.set_auth(auth)
        for factory in self.factories.values():
            permissions = GstRtspServer.RTSPPermissions()
            permissions.add_permission_for_role("viewer", "media.factory.access", True)
            permissions.add_permission_for_role("viewer", "media.factory.construct", True)
            factory.set_permissions(permissions)

    def obey(self, line: str) -> bool:
        word, *rest = line.split(" ", 2)
        if word == "user":
            self.ask_for(*rest)
        elif word == "udp":
            self.factories[rest[0]].set_protocols(GstRtsp.RTSPLowerTrans.UDP)
        elif word == "film":
            self.mount(rest[0], rest[1])
        tell("done")
        return False


def listen(server: Server, loop: Any) -> None:
    for line in sys.stdin:
        GLib.idle_add(server.obey, line.strip())
    loop.quit()


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    Gst.init(None)
    server, loop = Server(sys.argv[1], sys.argv[2:]), GLib.MainLoop()
    if server.server.attach(None) == 0:
        sys.exit("the port is taken")
    tell(f"ready {server.server.get_bound_port()}")
    threading.Thread(target=listen, args=(server, loop), daemon=True).start()
    loop.run()


if __name__ == "__main__":
    main()
