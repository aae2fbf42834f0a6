"""The notice of a fault of agentlint's own, which tells where in its code, and nothing of any file."""

from __future__ import annotations

from types import TracebackType

from agentlint.findings.notice import Notice, NoticeKind


def failure(path: str, what: str, error: BaseException) -> Notice:
    """`what` failed on the file at `path`, "" for none. The message of the error is left out, as that may
    quote a credential."""
    where = _innermost(error.__traceback__)
    return Notice(path, 0, NoticeKind.INTERNAL, f"{what}: {type(error).__name__}{where}")


def _innermost(trace: TracebackType | None) -> str:
    """The module and line that raised."""
    if trace is None:
        return ""
    while trace.tb_next:
        trace = trace.tb_next
    module = trace.tb_frame.f_globals.get("__name__", "?")
    return f" at {module}:{trace.tb_lineno}"
