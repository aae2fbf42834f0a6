"""Pure functions from a report to text, one module a format."""

from agentlint.reporters.formats import FORMATS, render
from agentlint.reporters.report import Report

__all__ = ["FORMATS", "Report", "render"]
