"""The style sheet, generated from the tokens and ``resources/style/console.qss``."""

from __future__ import annotations

import re
from dataclasses import asdict
from functools import cache
from pathlib import Path

from console.ui.tokens import BODY_PX, FIGURE_PX, SMALL_PX, TABLE_PX, TITLE_PX, Tokens

STYLE = Path(__file__).resolve().parents[2] / "resources" / "style"
_SIZES = {
    "body": BODY_PX,
    "table": TABLE_PX,
    "small": SMALL_PX,
    "title": TITLE_PX,
    "figure": FIGURE_PX,
}


@cache
def sheet(tokens: Tokens, scale: float) -> str:
    """The sheet of one theme at one scale.

    In the template ``@ink`` is a colour, ``@body_px`` a font size, ``@12px`` a length that is
    scaled, and ``@arrow_down`` the path of a drawing in the theme's folder.
    """
    names: dict[str, str] = {key: str(value) for key, value in asdict(tokens).items()}
    names |= {f"{key}_px": f"{round(value * scale)}px" for key, value in _SIZES.items()}
    for drawing in ("arrow_down", "arrow_up", "tick", "dash", "arrow_right"):
        names[drawing] = f"url({(STYLE / tokens.name / f'{drawing}.svg').as_posix()})"

    def replaced(match: re.Match[str]) -> str:
        word = match.group(1)
        length = re.fullmatch(r"(\d+)px", word)
        return f"{round(int(length.group(1)) * scale)}px" if length else names[word]

    return re.sub(r"@(\w+)", replaced, (STYLE / "console.qss").read_text("utf-8"))
