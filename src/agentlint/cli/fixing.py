"""What `agentlint check` does with fixes: apply them, or show what they would change."""

from __future__ import annotations

from collections import Counter

from agentlint.cli.check_options import CheckOptions
from agentlint.cli.printing import print_bytes, print_text
from agentlint.config import ConfigError
from agentlint.engine import Run
from agentlint.engine.fixing import FixRun, fix, write
from agentlint.findings import Finding, NoticeKind
from agentlint.reporters import Report
from agentlint.reporters.concise_format import notice_line
from agentlint.reporters.diff import Version, unified_diff
from agentlint.reporters.safe import safe
from agentlint.reporters.summary import counted, unsafe_left
from agentlint.reporters.viewpoint import Viewpoint


def fix_run(request: Run, options: CheckOptions) -> FixRun:
    """The run with its fixes, written unless they are only shown or the text is standard input's.

    Raises ConfigError.
    """
    if request.diff_base is not None:
        raise ConfigError("fixes cannot be given together with --diff-base")
    fixed = fix(request, unsafe=options.unsafe_fixes)
    return fixed if options.diff or request.stdin else write(request, fixed)


def show(request: Run, fixed: FixRun, viewpoint: Viewpoint, options: CheckOptions) -> bool:
    """Print what the options ask to see of the fixes, and say whether standard output holds a text."""
    if options.show_fixes:
        print_text(applied_fixes(fixed.report, viewpoint), to_errors=True)
    if options.diff:
        _print_diff(fixed)
        _print_outcome("Would fix", fixed.report, viewpoint)
        return True
    if options.fix_only:
        _print_outcome("Fixed", fixed.report, viewpoint)
    if request.stdin:
        text = next((file.new.data for file in fixed.files), request.stdin.data)
        print_bytes(text)
    return request.stdin is not None


def _print_diff(fixed: FixRun) -> None:
    """What would change to standard output, and to standard error whether that is all of it."""
    exact = True
    for file in fixed.files:
        diff = unified_diff(Version(file.old, file.secrets), Version(file.new, file.new_secrets))
        print_text(diff.text)
        exact = exact and diff.exact
    if not exact:
        print_text(
            "Lines with credentials or control characters are not shown as they are.\n",
            to_errors=True,
        )


def _print_outcome(verb: str, report: Report, viewpoint: Viewpoint) -> None:
    """Why fixes were left out, and how many there are, where no report tells of them."""
    for notice in report.notices:
        if notice.kind is NoticeKind.NOT_FIXED:
            print_text(f"{notice_line(notice, viewpoint)}\n", to_errors=True)
    count = counted(len(report.fixed or ()), "finding")
    print_text(f"{verb} {count}{unsafe_left(report)}.\n", to_errors=True)


def applied_fixes(report: Report, viewpoint: Viewpoint) -> str:
    """The fixes of a run by file and rule, with what each did."""
    lines: list[str] = []
    done: dict[str, Counter[tuple[str, str]]] = {}
    for finding in report.fixed or ():
        done.setdefault(finding.path, Counter())[(finding.rule, _title(finding))] += 1
    for path in sorted(done):
        lines.append(f"{safe(viewpoint.path(path))}:")
        lines += (
            f"    {count} × {rule}: {safe(title)}"
            for (rule, title), count in sorted(done[path].items())
        )
    return "".join(f"{line}\n" for line in lines)


def _title(finding: Finding) -> str:
    return finding.fix.title if finding.fix else ""
