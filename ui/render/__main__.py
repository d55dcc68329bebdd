"""`python -m ui.render`: see `ui.render.command_line`."""

import sys
from importlib import import_module

from ui.server.streamlit_internals import quiet

if __name__ == "__main__":
    # Before anything keeps answers: Streamlit says for each such function that there is no server.
    quiet()
    sys.exit(import_module("ui.render.command_line").main())
