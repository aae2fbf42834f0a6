"""JUnit XML: a suite a file, a failed case a finding, a skipped case for what was not read.

There is no standard; this is what Jenkins' schema allows (jenkinsci/xunit-plugin, junit-10.xsd) and
GitLab and others read. A case keeps its name when lines move, so that a consumer knows it again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from agentlint.findings import Finding, Notice
from agentlint.reporters.report import Report
from agentlint.reporters.safe import safe
from agentlint.text import Pattern

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NOT_XML = Pattern("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ATTRIBUTES = {"failure": "failures", "error": "errors", "skipped": "skipped"}


class _Case(NamedTuple):
    """`outcome` is the element that says how the case went; `kind` is its type."""

    path: str
    rule: str
    outcome: str
    kind: str
    message: str
    detail: str


def render(report: Report) -> str:
    """The report as an XML document; a run that found nothing is one case that passed."""
    from xml.etree import ElementTree

    suites: defaultdict[str, list[_Case]] = defaultdict(list)
    for finding in report.findings:
        suites[_text(finding.path)].append(_failure(finding, report))
    for notice in report.notices:
        suites[_where(notice)].append(_skipped(notice))
    root = ElementTree.Element("testsuites", name="agentlint")
    for path, cases in sorted(suites.items()):
        suite = ElementTree.SubElement(root, "testsuite", name=path or "agentlint")
        _add_cases(suite, cases)
    if not suites:
        suite = ElementTree.SubElement(root, "testsuite", name="agentlint")
        passed = {"name": "nothing found", "classname": "agentlint", "time": "0"}
        ElementTree.SubElement(suite, "testcase", passed)
    _count(root)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _failure(finding: Finding, report: Report) -> _Case:
    path, message = _text(finding.path), _text(finding.message)
    place = report.sources[finding.path].position(finding.span.start)
    where = f"{path}:{place.line}:{place.column}"
    detail = "\n".join(filter(None, (where, message, _text(finding.help))))
    return _Case(path, finding.rule, "failure", str(finding.severity), message, detail)


def _skipped(notice: Notice) -> _Case:
    path, message = _where(notice), _text(notice.message)
    outcome = "error" if notice.kind.is_failure else "skipped"
    detail = path + (f":{notice.line}" if notice.line else "")
    return _Case(path, str(notice.kind), outcome, "notice", message, detail)


def _where(notice: Notice) -> str:
    """The file that a notice is about; a suite and a test need a name where it is about none."""
    return _text(notice.path) or "agentlint"


def _add_cases(suite: Element, cases: list[_Case]) -> None:
    from xml.etree.ElementTree import SubElement

    seen: Counter[str] = Counter()
    for case in cases:
        name = f"{case.rule}: {case.message}"
        seen[name] += 1
        numbered = name if seen[name] == 1 else f"{name} ({seen[name]})"
        element = SubElement(suite, "testcase", name=numbered, classname=case.path, time="0")
        outcome = SubElement(element, case.outcome, type=case.kind, message=case.message)
        outcome.text = case.detail


def _count(root: Element) -> None:
    """Write the totals that consumers read on every suite, and on the whole."""
    for element in (root, *root):
        element.set("tests", str(sum(1 for _ in element.iter("testcase"))))
        for outcome, attribute in _ATTRIBUTES.items():
            if element is not root or outcome != "skipped":
                element.set(attribute, str(sum(1 for _ in element.iter(outcome))))


def _text(text: str) -> str:
    """Safe text without the few code points that no XML document may hold."""
    return _NOT_XML.sub(lambda match: f"\\u{ord(match.group()):04x}", safe(text))
