"""``python -m console.drill.town FOLDER`` draws the sample town afresh."""

from __future__ import annotations

import sys
from pathlib import Path

from console.drill.town.make import make

if __name__ == "__main__":
    make(Path(sys.argv[1]))
