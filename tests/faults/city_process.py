"""The reference city in a process of its own, to be killed and started again at the same address."""

from __future__ import annotations

import logging
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from console.drill.city.authority import Credentials
from console.drill.city.city import City
from tests.faults.deeds import line_of, read_line
from tests.faults.post_process import nursery, starting

UP_WITHIN_S = 60.0


class CityProcess:
    """One city over ``folder``; ``published`` names the calls that it said it has."""

    def __init__(self, folder: Path, posts: tuple[str, ...], port: int = 0) -> None:
        self._lines, out = nursery().Pipe(duplex=False)
        words, self._words = nursery().Pipe(duplex=False)
        self._child = nursery().Process(
            target=_serve, args=(folder, posts, port, out, words), daemon=True
        )
        self._theirs = (out, words)
        self.port = port
        self.roads: dict[str, Credentials] = {}
        self.published: list[tuple[str, str]] = []

    @property
    def lines(self) -> Connection:
        """Where it speaks."""
        return self._lines

    def start(self) -> None:
        """The city answers. RuntimeError when it does not come up."""
        with starting():
            self._child.start()
        for end in self._theirs:
            end.close()
        while not self.roads:
            if not self._lines.poll(UP_WITHIN_S) or not self.hear():
                self.kill()
                raise RuntimeError("the city did not come up")

    def hear(self) -> bool:
        """One line is heard; False at the end."""
        try:
            told = read_line(self._lines.recv_bytes())
        except (EOFError, OSError):
            return False
        if "port" in told:
            self.port = told["port"]
            self.roads = {
                post: Credentials(*map(Path, files)) for post, files in told["roads"].items()
            }
        else:
            self.published.append(tuple(told["published"]))
        return True

    def publish(self, post: str, call: dict[str, Any]) -> None:
        """The city is told of a call for this post; ``published`` says when it stands in the feed."""
        try:
            self._words.send((post, call))
        except OSError:
            return  # it has fallen

    def kill(self) -> None:
        """The process is gone, by SIGKILL; everything it had said is heard."""
        self._child.kill()
        while self.hear():
            continue
        self._child.join(UP_WITHIN_S)
        self._lines.close()
        self._words.close()


def _serve(
    folder: Path, posts: tuple[str, ...], port: int, out: Connection, words: Connection
) -> None:
    """Serves until it is killed, or whoever ordered it is gone."""
    logging.disable(logging.CRITICAL)
    city = City(folder, port)
    city.start()
    roads = {
        post: [str(one.ca_file), str(one.certificate_file), str(one.key_file)]
        for post in posts
        for one in (city.certify(post),)
    }
    out.send_bytes(line_of({"port": int(city.url.rpartition(":")[2]), "roads": roads}))
    try:
        while True:
            post, call = words.recv()
            city.publish(post, "call.created", call)
            out.send_bytes(line_of({"published": [post, call["call_id"]]}))
    except EOFError:
        city.stop()
