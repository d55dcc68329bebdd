"""Forms: what a reader writes down, field by field, and what is said after it was sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ui.blocks.content import Block


@dataclass(frozen=True)
class Field:
    """One field: a line of text, several lines, a number, or one code of a list.

    `now` is what stands in it at first, `longest` how many characters it takes, `help` a line below
    its label.
    """

    name: str
    label: str
    form: Literal["text", "lines", "number", "list"] = "text"
    now: Any = None
    options: Mapping[str, str] = field(default_factory=dict)
    longest: int = 200
    help: str = ""


@dataclass(frozen=True)
class Answer:
    """What is said after a form was sent; where it is not `done`, everything typed stays in it."""

    done: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class Form(Block):
    """Fields with one button; `save` takes what was typed, and the revision that it is based on.

    `revision` is the newest revision now. A form remembers the one it was opened with: whoever
    sends a form that was opened before somebody else wrote is told so and loses nothing typed.
    """

    key: str
    title: str
    button: str
    save: Callable[[Mapping[str, Any], int], Answer]
    fields: tuple[Field, ...] = ()
    revision: int = 0
    note: str = ""
