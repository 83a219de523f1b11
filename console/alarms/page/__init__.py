"""Alarms: what the officer sees."""

from console.alarms.page.alarms_page import AlarmsPage, PageParts

__all__ = ["AlarmsPage", "PageParts"]
