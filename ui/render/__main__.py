"""`python -m ui.render`: see `ui.render.command_line`; with `digest`, `ui.digest.command_line`."""

import sys
from importlib import import_module

from ui.server.streamlit_internals import quiet

if __name__ == "__main__":
    # Before anything keeps answers: Streamlit says for each such function that there is no server.
    quiet()
    if sys.argv[1:2] == ["digest"]:
        sys.exit(import_module("ui.digest.command_line").main(sys.argv[2:]))
    sys.exit(import_module("ui.render.command_line").main())
