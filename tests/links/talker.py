"""A family made for tests: lines of words, a device that says who it is, answers, and beats."""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from drivers.contract import (
    Bad,
    ConfirmAlarm,
    Message,
    Order,
    Other,
    Position,
    Probe,
    SendText,
    Turn,
)
from drivers.errors import NotSupported
from drivers.framing.line import LineFrames
from drivers.pending import Pending
from drivers.sim.terminal import AnsweringDevice
