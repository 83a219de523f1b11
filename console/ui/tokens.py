"""The colours and sizes of the console, by theme. Nothing else in the program names a colour."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How much a thing asks for a person. Never shown by colour alone."""

    CALM = "calm"  # nothing to do
    QUIET = "quiet"  # in the background: old, off, not applicable
    ACCENT = "accent"  # chosen, or going on
    LATE = "late"  # amber: due, old, degraded
    ALARM = "alarm"  # red: overdue, alarm, fault


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme. ``ink`` colours are for text on ``ground``, ``panel``, ``raised`` and ``field``."""

    name: str
    ground: str  # behind the panels
    panel: str  # what a page is made of
    raised: str  # cards, dialogs, menus
    field: str  # where one types
    line: str  # between panels
    line_strong: str  # round a field or a button
    ink: str
    ink_soft: str
    ink_faint: str
    accent: str  # text, lamps and edges of what is chosen
    accent_fill: str  # the one primary button
    accent_fill_hover: str
    on_accent: str
    accent_soft: str  # ground of what is chosen
    hover: str
    late: str
    late_soft: str
    alarm: str
    alarm_soft: str
    alarm_fill: str
    on_alarm: str
    focus: str
    bar: str  # the top and the bottom bar
    bar_line: str
    bar_ink: str
    bar_ink_soft: str
    bar_late: str
    bar_alarm: str
    bar_accent: str
    shade: str  # over the page while a question waits


DAY = Tokens(
    name="day",
    ground="#DDE3EA",
    panel="#F3F6F9",
    raised="#FFFFFF",
    field="#FFFFFF",
    line="#C9D2DC",
    line_strong="#A9B6C4",
    ink="#17212B",
    ink_soft="#435262",
    ink_faint="#556475",
    accent="#1A56A8",
    accent_fill="#1F5FB5",
    accent_fill_hover="#174E99",
    on_accent="#FFFFFF",
    accent_soft="#D8E6F7",
    hover="#E7EDF4",
    late="#804A00",
    late_soft="#FBEBCB",
    alarm="#A81D17",
    alarm_soft="#FADDDA",
    alarm_fill="#B3231C",
    on_alarm="#FFFFFF",
    focus="#1F6FD6",
    bar="#22303F",
    bar_line="#131D27",
    bar_ink="#E9EEF4",
    bar_ink_soft="#AAB8C7",
    bar_late="#F2BC5E",
    bar_alarm="#FF9C92",
    bar_accent="#8CBDF5",
    shade="#8017212B",
)

NIGHT = Tokens(
    name="night",
    ground="#0D1217",
    panel="#151C23",
    raised="#1C252E",
    field="#10161C",
    line="#28333E",
    line_strong="#3C4A58",
    ink="#C6D0DA",
    ink_soft="#9AA8B6",
    ink_faint="#8E9CAA",
    accent="#74A9E2",
    accent_fill="#2A5C96",
    accent_fill_hover="#3169A9",
    on_accent="#EAF2FB",
    accent_soft="#1B2F45",
    hover="#202B35",
    late="#D6A248",
    late_soft="#33270F",
    alarm="#EE877C",
    alarm_soft="#3B1C1A",
    alarm_fill="#8F2A23",
    on_alarm="#FBE9E7",
    focus="#5E9BE0",
    bar="#090D11",
    bar_line="#222C36",
    bar_ink="#BCC7D2",
    bar_ink_soft="#8694A2",
    bar_late="#D6A248",
    bar_alarm="#EE877C",
    bar_accent="#74A9E2",
    shade="#A0000000",
)

THEMES = {"day": DAY, "night": NIGHT}

FONT_FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "HarmonyOS Sans SC",
    "WenQuanYi Micro Hei",
    "sans-serif",
)
BODY_PX, TABLE_PX, SMALL_PX, TITLE_PX, FIGURE_PX = 14, 13, 12, 15, 20
ROW_PX = 28
SCALES = (1.0, 1.25, 1.5)

# pairs of text and ground that occur on the screen; each is at least 4.5:1 in both themes
TEXT_PAIRS = (
    *((ink, ground) for ink in ("ink", "ink_soft", "ink_faint")
      for ground in ("ground", "panel", "raised", "field", "hover", "accent_soft")),
    *((ink, ground) for ink in ("accent", "late", "alarm")
      for ground in ("ground", "panel", "raised", "field", "hover")),
    ("accent", "accent_soft"), ("late", "late_soft"), ("alarm", "alarm_soft"),
    ("ink", "late_soft"), ("ink", "alarm_soft"), ("late", "accent_soft"), ("alarm", "accent_soft"),
    ("on_accent", "accent_fill"), ("on_accent", "accent_fill_hover"), ("on_alarm", "alarm_fill"),
    *((ink, "bar") for ink in ("bar_ink", "bar_ink_soft", "bar_late", "bar_alarm", "bar_accent")),
)  # fmt: skip


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two ``#RRGGBB`` colours (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
