"""What is wrong with a layer someone wants to install, and what is worth knowing about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from config.i18n import Lang, t
from geo.errors import GeoError

MOST_EXAMPLES = 10


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding: a rule (text key `geo.layer.<rule>`) and what was seen.

    `rows` are the cases it was seen in, already written out; the text lists the first `most`.
    """

    rule: str
    values: dict[str, object] = field(default_factory=dict)
    rows: tuple[str, ...] = ()
    most: int = MOST_EXAMPLES

    def text(self, lang: Lang) -> str:
        """One sentence in one language, its cases behind it."""
        sentence = t(f"geo.layer.{self.rule}", lang, count=len(self.rows), **self.values)
        if not self.rows:
            return sentence
        listed = "; ".join(self.rows[: self.most])
        rest = len(self.rows) - self.most
        if rest <= 0:
            return t("geo.layer.with_rows", lang, sentence=sentence, rows=listed)
        return t("geo.layer.with_more", lang, sentence=sentence, rows=listed, rest=rest)


class BadLayer(GeoError):
    """A layer that is refused, with everything that is wrong with it."""

    def __init__(self, problems: Sequence[Remark]) -> None:
        super().__init__(tuple(problem.rule for problem in problems))
        self.problems = tuple(problems)

    def text(self, lang: Lang) -> str:
        return "\n".join(f"- {problem.text(lang)}" for problem in self.problems)


class BadRequest(GeoError):
    """An order that cannot be carried out as given: no such file, column or layer."""

    def __init__(self, rule: str, **values: object) -> None:
        super().__init__(rule)
        self.remark = Remark(rule, values)

    def text(self, lang: Lang) -> str:
        return self.remark.text(lang)
