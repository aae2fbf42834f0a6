"""The formats by name; a format's module is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module

from agentlint.reporters.report import Report

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
STATISTICS_FORMATS = ("full", "concise", "json")


def render(format_name: str, report: Report, *, colour: bool = False) -> str:
    """The report as text that ends with a line end, or "" where the format has nothing to say.

    Only formats for people on a terminal look at `colour`.
    """
    module = import_module(f"agentlint.reporters.{format_name.replace('-', '_')}_format")
    text: str = module.render(report.listed(), colour=colour)
    return text


def render_statistics(format_name: str, report: Report) -> str:
    """How often each rule spoke, as one of STATISTICS_FORMATS."""
    from agentlint.reporters import statistics

    return statistics.render(format_name, report)
