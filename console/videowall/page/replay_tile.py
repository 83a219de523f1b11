"""A tile of a replay: the film's picture, or words over the last one."""

from __future__ import annotations

import time

from PySide6.QtGui import QImage

from console.videowall.model import Phase, Picture
from console.videowall.page.tile import Tile


class ReplayTile(Tile):
    """A tile that also says why it stands still; ``keep_now`` keeps the picture that is seen."""

    def show_words(self, title: str, advice: str, kept: bool = False) -> None:
        """These words stand here, over the last picture where it is ``kept``."""
        grey = None
        if kept and self._kept is not None:
            if self._grey is None:
                self._grey = self._kept.convertToFormat(QImage.Format.Format_Grayscale8)
            grey = self._grey
        self.plate.say(title, advice, grey)
        self._stack.setCurrentWidget(self.plate)

    def show_picture(self, picture: Picture) -> None:
        """The film's picture; while it is opened the last one stays, in grey."""
        if picture.phase is Phase.OPENING and self._kept is not None:
            self.show_words(*self._opening_words(), kept=True)
            return
        super().show_picture(picture)

    def keep_now(self) -> None:
        """The picture that is seen is the last one."""
        if self.living:
            grabbed = self.screen().grabWindow(int(self.glass.winId()))
            if not grabbed.isNull():
                self._kept, self._kept_at, self._grey = grabbed.toImage(), time.monotonic(), None

    def forget(self) -> None:
        """No picture is left of an earlier film."""
        self._kept = self._grey = None

    @staticmethod
    def _opening_words() -> tuple[str, str]:
        from console.videowall.page.words import plate_words

        return plate_words(Picture(phase=Phase.OPENING))
