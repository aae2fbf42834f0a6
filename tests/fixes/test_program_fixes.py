"""A program that looks its texts up does what it did: generated modules are run before and after."""

from __future__ import annotations

import ast
import os
import sys
import types
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from agentlint.findings import (
    Applicability,
    Finding,
    FromEnvironment,
    Location,
    Repair,
    Severity,
)
from agentlint.fixes import FileSyntax, apply_fixes, choose, keeps_the_rest, spelled
from agentlint.fixes.syntax import PYTHON
from agentlint.text import SourceFile, Span

PROLOGUES = (
    "",
    "\n\n",
    "#!/usr/bin/env python3\n# -*- coding: utf-8 -*-\n",
    "# Copyright of somebody\n#\n\n",
    '"""Doc."""\n',
    "'''Doc\n# no comment\n\n# nor this'''\n# about what comes\n",
    '"""Doc."""; import json\n',
    '"""Doc."""\nfrom __future__ import annotations\n\n# about what comes\n',
    "from __future__ import annotations; import json\n",
    "from __future__ import (  # why\n    annotations,\n)\n",
)
IMPORTS = (
    "import os",
    "import os as o",
    "import os.path",
    "import os.path as p, os",
    "from os import environ",
    "from os import environ as e, path",
    "from os import getenv",
    "import ast, json",
    "import sys; import re",
    "import json  # why",
    "import \\\n    json",
    "\fimport json",
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import os",
    "try:\n    import os\nexcept ImportError:\n    os = None",
    "try:\n    import tomllib\nexcept ImportError:\n    tomllib = None",
    "from conf import settings\nsettings.K0",
    "import conf\nif conf.settings:\n    settings = conf.settings",
    "import os\nK0 = os.environ['K0']",
    "from os import environ\nK1 = environ['K1']",
    "\n\n# a block\n# about what comes\nimport conf",
    "def os_like(): pass",
    "@(lambda f: f)\ndef first(): pass",
)
USES = (
    'use("$")',
    "use('$')  # why",
    'use(  # why\n    "$",\n)',
    'use(\\\n  "$")',
    'x = "$"; use(x)',
    'x: "str" = "$"; use(x)',
    "é = 'ü'; use('$')",
    'if True: use("$"); use(1)',
    'use("a" "$")',
    'use(f"$")',
    'use(f"{1}" "$")',
    'use(b"$")',
    'use(r"$")',
    'use("""$""")',
    'use({"K0": "$"}["K0"])',
    'use({"$": 1})',
    'use(None or "$")',
    'use({}.get("k") or "$")',
    'd = {}; d["k"] = "$"; use(d["k"])',
    'use({}.get("k", "$"))',
    'use("$" if True else 1)',
    '"$"',
    'def f(k="$", *, l=2):\n    use(k)\nf()',
    "def f():\n    '''$'''\nuse(f.__doc__)",
    'def f(os):\n\tuse("$")\nf(1)',
    'def f():\n    use("$")\n    import os\nf()',
    'def f():\n    import os\n    use("$")\nf()',
    'def f():\n    from os import environ\n    use("$")\nf()',
    'def f():\n    K0 = "$"\n    use(K0)\nf()',
    'K0 = "$"\nuse(K0)',
    'def f(settings, environ):\n    use("$")\nf(1, 2)',
    'def f():\n    global os\n    os = "$"\n    use(os)\nf()',
    'class C:\n    K0 = os = "$"\n    use(K0)',
    '@(lambda k: lambda f: use(k) or f)("$")\ndef g(): pass',
    '(lambda os: use("$"))(1)',
    '[use("$") for os in (1,)]',
    'for os in ("$",): use(os)',
    'import os; os.environ["K9"] = "$"; use(os.environ["K9"])',
    'try: use("$")\nexcept OSError as os: pass',
    "match 1:\n    case os:\n        use('$')",
)
ENVIRONMENT = {f"K{number}": f"old{number}" for number in range(3)}


@st.composite
def modules(draw: st.DrawFn) -> str:
    imports = draw(st.lists(st.sampled_from(IMPORTS), max_size=3, unique=True))
    uses = draw(st.lists(st.sampled_from(USES), min_size=1, max_size=3))
    lines = [*imports, *(use.replace("$", f"old{index}") for index, use in enumerate(uses))]
    text = draw(st.sampled_from(PROLOGUES)) + "\n".join(lines) + draw(st.sampled_from(("", "\n")))
    return text.replace("\n", draw(st.sampled_from(("\n", "\n", "\r\n", "\r"))))


@settings(max_examples=300, suppress_health_check=[HealthCheck.filter_too_much])
@given(text=modules())
def test_a_program_does_the_same_and_says_nothing_else(text: str) -> None:
    used = what_it_uses(text)
    assume(used is not None)
    after = looked_up(text)
    assert what_it_uses(after) == used
    assert without_lookups(after) == without_lookups(text)
    assert 0 <= imports_of_os(after) - imports_of_os(text) <= 1
    assert looked_up(after) == after


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize(
    "head", ["import json\n", "import os\nimport json\n", "from os import environ\n"]
)
def test_each_use_by_itself(head: str, use: str) -> None:
    text = head + use.replace("$", "old0") + "\n"
    after = looked_up(text)
    assert what_it_uses(after) == what_it_uses(text)
    assert without_lookups(after) == without_lookups(text)


def looked_up(text: str) -> str:
    """The text with every `old` that can be looked up looked up, as the fix loop does it."""
    syntax = FileSyntax(SourceFile("a.py", text), PYTHON)
    findings = []
    for variable, value in ENVIRONMENT.items():
        if value in text:
            start = text.index(value)
            change = FromEnvironment(Span(start, start + len(value)), variable)
            fix = spelled(Repair("look it up", Applicability.UNSAFE, (change,)), syntax)
            if fix:
                where = Location("a.py", change.span)
                findings.append(Finding("rule", where, "", Severity.INFO, fix=fix))
    applied = apply_fixes(text, choose(findings))
    assert keeps_the_rest(syntax, applied)
    return applied.text


def what_it_uses(text: str) -> list[object] | None:
    """What the module hands to `use` when it runs; None for one that does not run."""
    used: list[object] = []
    with settings_and_environment(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(compile(text, "a.py", "exec", dont_inherit=True), {"use": used.append})
        except Exception:
            return None
    return used


@contextmanager
def settings_and_environment() -> Iterator[None]:
    conf = types.ModuleType("conf")
    conf.settings = types.SimpleNamespace(**ENVIRONMENT)  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "conf", conf)
        for variable, value in ENVIRONMENT.items():
            patch.setenv(variable, value)
        patch.delenv("K9", raising=False)
        yield
        os.environ.pop("K9", None)


def without_lookups(text: str) -> str:
    """The tree of a module without its first import of `os`, and with one word for each `old` text and
    each lookup."""
    tree = ast.parse(text)
    return ast.dump(_Plain().visit(tree))


class _Plain(ast.NodeTransformer):
    def visit_Import(self, node: ast.Import) -> ast.Import | None:
        return None if ast.unparse(node) == "import os" and node.col_offset == 0 else node

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        return ast.Name("looked_up") if node.value in ENVIRONMENT.values() else node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        is_lookup = ast.unparse(node.slice).strip("'") in ENVIRONMENT
        return ast.Name("looked_up") if is_lookup else self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        is_setting = ast.unparse(node) in {f"settings.{name}" for name in ENVIRONMENT}
        return ast.Name("looked_up") if is_setting else self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        is_setting = node.id in ENVIRONMENT and isinstance(node.ctx, ast.Load)
        return ast.Name("looked_up") if is_setting else node


def imports_of_os(text: str) -> int:
    statements = ast.parse(text).body
    return sum(
        isinstance(one, ast.Import) and ast.unparse(one) == "import os" for one in statements
    )
