"""Where the secrets of signing in come from: a file outside the checkout, named by the operator."""

import tomllib
from pathlib import Path

from streamlit import config as streamlit_config

from config.settings import SettingsError, load

LEAST_SECRET = 32  # characters of the key that cookies are signed with


def use() -> None:
    """Let Streamlit read the file named in the settings; without one it looks where it always does.

    Mistakes in the settings are left to Home.py, which shows them.
    """
    try:
        path = load().secrets
    except SettingsError:
        return
    if path is not None:
        streamlit_config.set_option("secrets.files", [str(path)])


def problems(path: Path) -> list[str]:
    """Give what an operator should mend in a secrets file: text keys, empty where nothing is."""
    keys = []
    if path.stat().st_mode & 0o077:
        keys.append("launch.secrets_open")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return keys  # Streamlit says so itself, without a word of the content
    auth = table.get("auth")
    secret = auth.get("cookie_secret") if isinstance(auth, dict) else None
    if not isinstance(secret, str) or len(secret) < LEAST_SECRET:
        keys.append("launch.secret_short")
    return keys
