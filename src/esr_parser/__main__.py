"""``python -m esr_parser``: the command line."""

import sys

from esr_parser.cli import main

if __name__ == "__main__":
    sys.exit(main())
