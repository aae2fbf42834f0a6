"""A report is known again by how it begins, and nothing else is taken for one."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from agentlint.reporters import FORMATS, Report, render
from agentlint.reporters.earlier import is_report


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("which", ["faulty", "clean", "skipping", "of_nothing", "fixed"])
def test_every_report_is_known_again(form: str, which: str, faulty: Report, clean: Report) -> None:
    reports = {
        "faulty": faulty,
        "clean": clean,
        "skipping": replace(faulty, findings=()),
        "of_nothing": Report(),
        "fixed": replace(clean, fixed=faulty.findings),
    }
    text = render(form, reports[which])
    assert not text or is_report(text.encode()[:4096])


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\n",
        "# Agents\n",
        "{}\n",
        "[{}]\n",
        json.dumps({"name": "agentlint", "version": "1.0.0"}, indent=2),
        json.dumps({"version": 1, "tool": {"name": "other"}}, indent=2),
        json.dumps({"version": "2.1.0", "runs": []}, indent=1),
        '[tool.agentlint]\nselect = ["ALL"]\n',
        "routes:\n  a: {model: x}\n",
        '<?xml version="1.0"?>\n<testsuites name="pytest">',
        '{"agentlint-baseline": 1}\n',
        "Found it.\n",
        "error: no\n",
    ],
)
def test_nothing_else_is(text: str) -> None:
    assert not is_report(text.encode())
