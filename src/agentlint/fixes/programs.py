"""Literals of programs: another text in their quotes, or a lookup in the environment instead."""

from __future__ import annotations

from agentlint.documents.python_outline import outline, same_program
from agentlint.findings import Edit, FromEnvironment, NewValue
from agentlint.fixes.apply import Applied
from agentlint.fixes.entries import line_end_near
from agentlint.fixes.syntax import FileSyntax
from agentlint.text import Pattern, Span

# What stands between quotes of either kind as it is.
_PLAIN = Pattern(r"[^\x00-\x1f\x7f'\"\\]{0,2000}")


def new_text(change: NewValue, syntax: FileSyntax) -> tuple[Edit, ...] | None:
    """The literal with another text in it; None for one that is part of another, or needs an escape."""
    module = outline(syntax.text)
    literal = module.texts.get(change.span) if module else None
    if literal is None or not _PLAIN.fullmatch(change.text):
        return None
    quote = syntax.text[literal.start]
    return (Edit(literal, f"{quote}{change.text}{quote}"),)


def from_environment(change: FromEnvironment, syntax: FileSyntax) -> tuple[Edit, ...] | None:
    """The literal as a lookup, and `import os` where the module does not have it yet; or as the name
    that the module has given the variable already.

    None for a literal that is part of another, or that a lookup cannot stand in for.
    """
    module = outline(syntax.text)
    literal = module.texts.get(change.span) if module else None
    if module is None or literal is None:
        return None
    name, named_at = module.settings.get(change.variable, ("", 0))
    if name and named_at <= literal.start:
        return (Edit(literal, name),)
    if any(span.contains(literal) for span in module.before_import):
        return None
    if module.environ and module.environ_from <= literal.start:
        return (Edit(literal, f'{module.environ}["{change.variable}"]'),)
    if module.import_at is None or module.import_at > literal.start:
        return None
    end = line_end_near(syntax.text, module.import_at)
    line = f"import os{end}{end if module.import_apart else ''}"
    return (
        Edit(Span(module.import_at, module.import_at), line),
        Edit(literal, f'os.environ["{change.variable}"]'),
    )


def keeps_the_program(applied: Applied) -> bool:
    """Whether the module is the same but for its edited literals and a new import."""
    edited = [edit.span for edit in applied.edits]
    return same_program(applied.before, applied.text, edited, applied.written())
