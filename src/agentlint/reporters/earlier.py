"""Telling by how a text begins that agentlint wrote it: it may be written anew, and nothing else may."""

from __future__ import annotations

import re

from agentlint.text import Pattern

_OF_MACHINES = Pattern(
    r"""\A(?:
    \{\s{1,9}"version":\s\d{1,9},\s{1,9}"tool":\s\{\s{1,9}"name":\s"agentlint"
    |\{"type":\s"(?:finding|suppressed|notice|stale)",\s"
    |\{"type":\s"summary",\s"version":\s
    |\{\s{1,9}"\$schema":\s"[^"\n]{1,200}",\s{1,9}"version":\s"[\d.]{1,20}",\s{1,9}"runs":\s\[\s{1,9}
        \{\s{1,9}"tool":\s\{\s{1,9}"driver":\s\{\s{1,9}"name":\s"agentlint"
    |\[\s{1,9}\{\s{1,9}"type":\s"issue",\s{1,9}"check_name":\s"
    |\[\]\s{0,9}\Z
    |\{\s{1,9}"source":\s\{\s{1,9}"name":\s"agentlint"
    |<\?xml\s[^>\n]{1,100}\?>\s{1,9}<testsuites\sname="agentlint"
    |::(?:error|warning|notice)\s(?:file|title)=
    )""",
    re.VERBOSE,
)
_OF_PEOPLE = Pattern(
    r"\A(?:\#\# agentlint\n"
    r"|(?:[^\n]{1,2000}: )?(?:error|warning|info|suppressed|notice)\[[a-z-]{1,80}\](?:: | )"
    r"|(?:Found|Fixed) \d{1,9} [a-z]"
    r"|Nothing (?:new )?found in \d"
    r"|No file to check: )"
)


def is_report(beginning: bytes) -> bool:
    """Whether a file that begins so is a report in one of the formats."""
    text = beginning.decode("utf-8", "replace")
    return any(pattern.search(text) is not None for pattern in (_OF_MACHINES, _OF_PEOPLE))
