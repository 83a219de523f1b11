"""Alarms: what the officer sees."""

from console.alarms.page.alarms_page import AlarmsPage
from console.alarms.page.parts import PageParts

__all__ = ["AlarmsPage", "PageParts"]
