"""What a file sets by name: its variables and inputs, and never a secret that stands in one."""

from __future__ import annotations

from agentlint.documents import Node, Scalar, ScalarKind
from agentlint.facts.detectors.redaction import is_masked
from agentlint.facts.detectors.secrets import judge_value
from agentlint.facts.setting import Setting
from agentlint.facts.tree import entries
from agentlint.facts.values.value import Located, classified, without_literal
from agentlint.text import Region


def settings(node: Node | None) -> tuple[Setting, ...]:
    """What a mapping of scalars sets, such as `env` or `with`."""
    return tuple(
        setting(entry.key.region, entry.value.region)
        for entry in entries(node)
        if isinstance(entry.value, Scalar) and entry.value.kind is not ScalarKind.NULL
    )


def setting(name: Region, value: Region) -> Setting:
    known = classified(value.text, value.span())
    if judge_value(name.text, value.text) or is_masked(value.text):
        known = without_literal(known)
    return Setting(Located(name.text, name.span()), known)
