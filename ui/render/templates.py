"""Jinja2 as every template of ours is read: escaped, and loud about a word that is missing."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def environment(folder: Path, **changes: Any) -> Environment:
    """Give the environment of the templates in a folder; `changes` are settings of Jinja2."""
    usual = {"trim_blocks": True, "lstrip_blocks": True}
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        **usual | changes,
    )
