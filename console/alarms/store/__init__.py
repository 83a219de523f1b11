"""Alarms: tables and queries."""

from console.alarms.store.alarm import (
    alarm_log,
    asked,
    bucket,
    every_open,
    find,
    lines,
    newest,
    page,
    put,
    put_bucket,
    tally,
    write_line,
)
from console.alarms.store.alert import alert, insert_alert, open_alerts, put_alert
from console.alarms.store.device import (
    alarm_device,
    devices,
    insert_device,
    put_device,
    remove_device,
)

__all__ = [
    "alarm_device",
    "alarm_log",
    "alert",
    "asked",
    "bucket",
    "devices",
    "every_open",
    "find",
    "insert_alert",
    "insert_device",
    "lines",
    "newest",
    "open_alerts",
    "page",
    "put",
    "put_alert",
    "put_bucket",
    "put_device",
    "remove_device",
    "tally",
    "write_line",
]
