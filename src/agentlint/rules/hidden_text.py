from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.hidden_text import HiddenText, Hiding
from agentlint.findings import Finding, Severity
from agentlint.rules.context import Context
from agentlint.rules.rule import rule

_MOST_NAMED = 4
_NOUNS = {
    Hiding.TAG: ("a tag character", "tag characters"),
    Hiding.VARIATION: ("a stray variation selector", "stray variation selectors"),
    Hiding.DIRECTION: ("a bidirectional control", "bidirectional controls"),
    Hiding.WIDTH: ("an invisible character", "invisible characters"),
    Hiding.CONTROL: ("a control character", "control characters"),
}
_CARRIES_TEXT = (Hiding.TAG, Hiding.VARIATION, Hiding.DIRECTION)


@rule(on=HiddenText)
def check(hidden: HiddenText, ctx: Context) -> Iterator[Finding]:
    one, many = _NOUNS[hidden.hiding]
    number = len(hidden.code_points)
    counted = one if number == 1 else f"{number} {many}"
    shown = _code_point_names(hidden.code_points)
    yield ctx.finding(
        hidden.path,
        hidden.span,
        f"{counted} on this line: an agent reads what a reviewer cannot see ({shown})",
        severity=_severity(hidden),
        help="delete them, or write what they stand for in plain sight",
        subject=f"{hidden.hiding}: {shown}",
    )


def _severity(hidden: HiddenText) -> Severity:
    if hidden.carries_nothing:
        return Severity.INFO
    return Severity.ERROR if hidden.hiding in _CARRIES_TEXT else Severity.WARNING


def _code_point_names(code_points: tuple[int, ...]) -> str:
    distinct = list(dict.fromkeys(code_points))
    names = ", ".join(f"U+{code:04X}" for code in distinct[:_MOST_NAMED])
    left = len(distinct) - _MOST_NAMED
    return f"{names} and {left} more" if left > 0 else names
