"""The environment that a sample of code sets, and who answers for the models that it gives to variables.

A line of a shell, of a program or of a fenced `.env` is judged as the same line in a file of variables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from agentlint.facts.variables.routes import answering, is_telling
from agentlint.facts.variables.settings import setting
from agentlint.facts.wording.code_lines import line_around
from agentlint.text import Pattern, Region

# Of more, which nobody sets in one sample, each is compared with all the others.
_MOST_VARIABLES = 200
# `export NAME=value`, `$env:NAME = "value"`, `NAME: value`, `["NAME"] = "value"`, `${NAME:-value}`,
# `getenv("NAME", "value")`, `process.env.NAME ?? "value"`
_SET = Pattern(
    r"(?<![\w$-])(?P<name>[A-Z][A-Z0-9_]{2,80})[\"'\]]{0,2}[ \t]{0,4}"
    r"(?:=(?![=>])|:=|:-|:(?![:/=-])|,|\|\||\?\?)[ \t]{0,4}[\"'`]?(?P<value>[^\s\"'`;,|]{0,400})"
)


def who_answers(text: str, comments: Pattern) -> Mapping[int, str]:
    """Who answers for each model that the sample `text` gives to a variable, by where the value starts;
    nothing for a model of which the variables tell nothing. What stands in `comments` sets none."""
    if "MODEL" not in text:
        return {}
    region = Region.whole(text)
    variables = [
        setting(region.cut(*found.span("name")), region.cut(*found.span("value")))
        for found in islice(_assignments(text, comments), _MOST_VARIABLES)
    ]
    return {
        variable.value.span.start: provider
        for variable, provider in answering(variables)
        if variable.value.span and provider
    }


def _assignments(text: str, comments: Pattern) -> Iterator[re.Match[str]]:
    for found in _SET.finditer(text):
        if is_telling(found["name"]) and not _is_comment(text, found.start(), comments):
            yield found


def _is_comment(text: str, at: int, comments: Pattern) -> bool:
    start, _ = line_around(text, at)
    return comments.search(text[start:at]) is not None
