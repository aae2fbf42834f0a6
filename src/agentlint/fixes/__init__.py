"""Repairs in the syntax of the file: what a rule means as edits, applied, proved and written."""

from agentlint.fixes.apply import Applied, apply_fixes, choose
from agentlint.fixes.keep import keeps_the_rest
from agentlint.fixes.spell import spelled
from agentlint.fixes.syntax import FileSyntax
from agentlint.fixes.write import NotWrittenError, replace_text, why_not_replaced

__all__ = [
    "Applied",
    "FileSyntax",
    "NotWrittenError",
    "apply_fixes",
    "choose",
    "keeps_the_rest",
    "replace_text",
    "spelled",
    "why_not_replaced",
]
