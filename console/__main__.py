"""``python -m console``: the console without a verb, a technician's act with one."""

from __future__ import annotations

import sys

from console.cli.parser import main

if __name__ == "__main__":
    sys.exit(main())
