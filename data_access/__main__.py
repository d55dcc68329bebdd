"""`python -m data_access …`: import, refresh, check, indicators, show, status."""

import sys

from data_access.command_line import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
