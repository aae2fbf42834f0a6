"""Pure functions from a report to text, one module a format."""

from agentlint.reporters.formats import FORMATS, STATISTICS_FORMATS, render, render_statistics
from agentlint.reporters.report import Report

__all__ = ["FORMATS", "STATISTICS_FORMATS", "Report", "render", "render_statistics"]
