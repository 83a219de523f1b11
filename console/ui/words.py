"""The officer's language: words that carry both, and what a failure says."""

from __future__ import annotations

import html

from PySide6.QtCore import QCoreApplication

from console.core.errors import ConsoleError
from console.core.words import Words, say

translate = QCoreApplication.translate

LANGUAGE_PROPERTY = "console_language"


def language() -> str:
    """The language of the running program: zh_CN or en."""
    app = QCoreApplication.instance()
    told = app.property(LANGUAGE_PROPERTY) if app is not None else None
    return str(told) if told else "zh_CN"


def plain_tip(text: str) -> str:
    """This text as a tooltip shows it as it is: markup in it stays text."""
    if "<" not in text:
        return text
    return "<qt>" + html.escape(text).replace("\n", "<br/>") + "</qt>"


def pick(words: Words) -> str:
    """These words in the officer's language."""
    return words.pick(language())


def say_refusal(error: Exception) -> str:
    """What the officer is told of a failure: what happened, what it means, what to do."""
    if isinstance(error, ConsoleError):
        return say(error, language())
    return translate(
        "Words", "Something in the program failed and was recorded. Nothing was saved; try again."
    )
