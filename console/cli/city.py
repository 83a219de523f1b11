"""``post-console city``: the reference city platform on loopback."""

from __future__ import annotations

import argparse
import errno
import shlex
import signal
import threading
from pathlib import Path

import sqlalchemy as sa

from console.core.errors import Refused, Unavailable
from console.drill.city.authority import OPERATOR, POST_ID
from console.drill.city.city import SAMPLE_POST, City


def add(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("--port", type=_port, required=True, metavar="N", help="0: any free port")
    parser.add_argument("--database", default="", metavar="URL", help="PostgreSQL by URL")
    parser.add_argument("--post", type=_post, default=SAMPLE_POST, metavar="ID")


def run(args: argparse.Namespace) -> int:
    """Serves until SIGINT or SIGTERM; one line on standard output tells where, once it answers."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: ended.set())
    data: Path = args.data
    city = City(data, args.port, args.database)
    try:
        city.start()
    except OSError as failed:
        if failed.errno == errno.EADDRINUSE:
            raise Refused("city.port_in_use", port=args.port) from failed
        raise
    except (sa.exc.SQLAlchemyError, ImportError) as failed:
        told = str(failed).splitlines()[0]
        raise Unavailable("city.store_failed", told=told) from failed
    try:
        print(_where(city, args.post), flush=True)
        ended.wait()
    finally:
        city.stop()
    return 0


def _where(city: City, post: str) -> str:
    """The URL and the files, named as in the section [city] of settings.toml."""
    mine, operator = city.certify(post), city.authority.operator()
    told = {
        "url": city.url,
        "post": post,
        "ca_file": mine.ca_file,
        "certificate_file": mine.certificate_file,
        "key_file": mine.key_file,
        "operator_certificate_file": operator.certificate_file,
        "operator_key_file": operator.key_file,
    }
    return " ".join(f"{name}={shlex.quote(str(value))}" for name, value in told.items())


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (0 to 65535)")
    return int(text)


def _post(text: str) -> str:
    if text == OPERATOR or not POST_ID.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} cannot be the id of a post")
    return text
