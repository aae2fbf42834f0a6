"""The formats by name; a format's module is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module

from agentlint.reporters.report import Report

FORMATS = ("full", "concise", "json", "sarif", "github")


def render(format_name: str, report: Report, *, colour: bool = False) -> str:
    """The report as text that ends with a line end, or "" where the format has nothing to say.

    Only formats for people on a terminal look at `colour`.
    """
    module = import_module(f"agentlint.reporters.{format_name.replace('-', '_')}_format")
    text: str = module.render(report, colour=colour)
    return text
