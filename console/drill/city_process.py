"""The reference city in a process of its own, told what to publish through its operator's door."""

from __future__ import annotations

import shlex
import ssl
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx

from console.core.errors import Unavailable
from console.settings import CityRoad

START_S = 30.0
STOP_S = 15.0
ANSWER_S = 10.0


class CityProcess:
    """``post-console city`` on loopback over ``folder``, from ``start`` to ``stop``."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self._folder = folder
        self._port = port
        self._child: subprocess.Popen[str] | None = None
        self._told: dict[str, str] = {}
        self._operator: httpx.Client | None = None

    def start(self) -> None:
        """The city answers. Unavailable when its process does not come up."""
        command = [sys.executable, "-m", "console", "--data", str(self._folder), "city"]
        self._folder.mkdir(parents=True, exist_ok=True)
        log = (self._folder / "city.log").open("a")
        with log:
            self._child = subprocess.Popen(
                [*command, "--port", str(self._port)],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        line = self._first_line(self._child)
        if not line.startswith("url="):
            self.stop()
            raise Unavailable("drill.city_failed", path=str(self._folder / "city.log"))
        self._told = dict(part.split("=", 1) for part in shlex.split(line))
        context = ssl.create_default_context(cafile=self._told["ca_file"])
        context.load_cert_chain(
            self._told["operator_certificate_file"], self._told["operator_key_file"]
        )
        self._operator = httpx.Client(
            base_url=self._told["url"], verify=context, timeout=ANSWER_S, trust_env=False
        )

    def stop(self) -> None:
        """The process has ended."""
        if self._operator is not None:
            self._operator.close()
            self._operator = None
        child, self._child = self._child, None
        if child is None:
            return
        child.terminate()
        try:
            child.wait(STOP_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        if child.stdout is not None:
            child.stdout.close()

    def __enter__(self) -> CityProcess:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def road(self) -> CityRoad:
        """How the city's post reaches it."""
        told = self._told
        return CityRoad(told["url"], told["ca_file"], told["certificate_file"], told["key_file"])

    @property
    def post(self) -> str:
        """The post that the city has a certificate for."""
        return self._told["post"]

    def publish(self, kind: str, payload: dict[str, Any]) -> None:
        """The item stands in the post's feed. Unavailable when the city did not take it."""
        if self._operator is None:
            raise RuntimeError("the city is not started")
        answer = self._operator.post(
            f"/v1/admin/posts/{self._told['post']}/feed", json={"kind": kind, "payload": payload}
        )
        if answer.status_code != httpx.codes.CREATED:
            raise Unavailable("drill.city_refused", told=answer.text[:200])

    def _first_line(self, child: subprocess.Popen[str]) -> str:
        """The line that tells where the city answers; empty when none comes in time."""
        lines: list[str] = []
        output = child.stdout
        assert output is not None
        reader = threading.Thread(target=lambda: lines.append(output.readline()), daemon=True)
        reader.start()
        reader.join(START_S)
        return lines[0] if lines else ""
