"""The signs that mark what is wrong and what is right in lists, tables, headings and samples."""

from __future__ import annotations

CROSSES = "❌🚫✗✘⛔👎"
TICKS = "✅✓✔☑"
