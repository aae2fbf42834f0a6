"""The formats by name; a format's module is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module

from msgspec.structs import replace

from agentlint.reporters.report import Report
from agentlint.reporters.viewpoint import Viewpoint

FORMATS = (
    "full",
    "concise",
    "json",
    "json-lines",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "rdjson",
    "markdown",
)
_FOR_PEOPLE = ("full", "concise")
"""Those that tell paths from where the reader stands; whoever reads the others knows the root."""
_COLOURED = ("full",)
"""The formats for people on a terminal; each of the others is the same text everywhere."""
STATISTICS_FORMATS = ("full", "concise", "json")


def render(format_name: str, report: Report, *, colour: bool = False) -> str:
    """The report as text that ends with a line end, or "" where the format has nothing to say.

    `colour` is for those formats that people read on a terminal.
    """
    module = import_module(f"agentlint.reporters.{format_name.replace('-', '_')}_format")
    if format_name not in _FOR_PEOPLE:
        report = replace(report, viewpoint=Viewpoint())
    listed, coloured = report.listed(), format_name in _COLOURED
    text: str = module.render(listed, colour=colour) if coloured else module.render(listed)
    return text


def render_statistics(format_name: str, report: Report) -> str:
    """How often each rule spoke, as one of STATISTICS_FORMATS."""
    from agentlint.reporters import statistics

    return statistics.render(format_name, report)
