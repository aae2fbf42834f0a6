"""The model that a program imports is told where another module says it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engine.trees import TODAY, checked, write

from agentlint.config import Settings
from agentlint.engine import Run, collect
from agentlint.engine.read_files import read_files
from agentlint.engine.workspace import Workspace
from agentlint.facts.joins.imported_models import modules_of
from agentlint.facts.route import Route
from agentlint.reporters.report import Report

CONFIG = 'MODEL = "gpt-4-32k"\n'
CALL = "from openai import OpenAI\nOpenAI().chat.completions.create(model={}, messages=[])\n"
ASK = "from config import MODEL\n" + CALL.format("MODEL")
TREE = {"config.py": CONFIG, "app/ask.py": ASK}


def found(report: Report) -> list[tuple[str, str, str]]:
    """Rule, file and severity of each finding, with those that a comment suppresses left out."""
    return [(f.rule, f.path, f.severity.value) for f in report.findings]


ENDED = [("retired-model", "config.py", "error")]


def test_the_model_of_a_call_is_told_where_it_is_written(tmp_path: Path) -> None:
    write(tmp_path, TREE)
    report = checked(tmp_path)
    assert found(report) == ENDED
    (finding,) = report.findings
    assert [related.location.path for related in finding.related] == ["app/ask.py"]
    assert not report.notices
    assert report.files_read == 2


def test_what_made_a_module_be_read_is_told(tmp_path: Path) -> None:
    write(tmp_path, TREE)
    request = Run(tmp_path, (tmp_path,), Settings(), TODAY)
    told = {file.path: file.why for file in read_files(request, collect(request))}
    assert told["config.py"] == "module, since a program imports its model from there"


def test_it_is_told_once_for_all_calls_those_of_its_own_module_among_them(tmp_path: Path) -> None:
    write(tmp_path, {**TREE, "b.py": ASK, "config.py": CONFIG + CALL.format("MODEL")})
    assert found(checked(tmp_path)) == ENDED


def test_the_answer_is_the_same_with_a_cache_with_processes_and_in_the_server(
    tmp_path: Path,
) -> None:
    root = tmp_path / "root"
    write(root, TREE)
    write(root, {f"packages/{number}/AGENTS.md": "Run the tests.\n" for number in range(60)})
    alone = checked(root)
    assert found(alone) == ENDED
    for _ in range(3):
        assert checked(root, jobs=2, cache=tmp_path / "cache") == alone
    edited = Workspace(Run(root, (root,), Settings(), TODAY))
    assert [edited.check({}).report, edited.check({}).report] == [alone, alone]
    assert found(edited.check({"config.py": 'MODEL = "gpt-5.4"\n'}).report) == []
    assert found(edited.check({}).report) == ENDED


def test_a_hook_reports_on_the_files_that_it_is_given(tmp_path: Path) -> None:
    write(tmp_path, TREE)
    assert found(checked(tmp_path, "app/ask.py")) == []
    both = checked(tmp_path, "app/ask.py", "config.py")
    assert found(both) == ENDED
    assert not both.notices


def test_a_module_that_the_settings_exclude_is_not_reported_on(tmp_path: Path) -> None:
    write(tmp_path, TREE)
    assert found(checked(tmp_path, settings=Settings(exclude=("config.py",)))) == []


def test_a_comment_of_the_module_suppresses_what_is_told_of_it(tmp_path: Path) -> None:
    comment = "  # agentlint: ignore[retired-model] -- served by our own proxy\n"
    write(tmp_path, {**TREE, "config.py": CONFIG.rstrip() + comment})
    report = checked(tmp_path)
    assert (found(report), report.suppressed_count) == ([], 1)


def test_a_constant_that_is_no_chat_model_is_told_at_the_call(tmp_path: Path) -> None:
    write(tmp_path, {**TREE, "config.py": 'MODEL = "gpt-5.5-pro"\n'})
    for report in (checked(tmp_path), checked(tmp_path, "app/ask.py")):
        assert [f.rule for f in report.findings] == ["responses-only-on-chat"]
        (finding,) = report.findings
        assert finding.path == "app/ask.py"
        assert [related.location.path for related in finding.related] == ["config.py"]


TOOLS = "tools=[{'type': 'function', 'function': {'name': 'find'}}]"
DECLARED = "routes:\n  a:\n    model: gpt-5.4\n    endpoint_family: responses\n"


@pytest.mark.parametrize(
    ("rule", "model", "call"),
    [
        ("tools-on-chat", "gpt-5.5", f"chat.completions.create(model=MODEL, messages=[], {TOOLS})"),
        ("endpoint-drift", "gpt-5.4", "chat.completions.create(model=MODEL, messages=[])"),
        ("family-not-served", "gpt-5.4", "embeddings.create(model=MODEL, input='a')"),
        (
            "responses-only-on-chat",
            "gpt-5.5-pro",
            "chat.completions.create(model=MODEL, messages=[])",
        ),
        ("retired-model", "gpt-4-32k", "chat.completions.create(model=MODEL, messages=[])"),
    ],
)
def test_an_imported_model_is_judged_as_one_of_the_same_module(
    tmp_path: Path, rule: str, model: str, call: str
) -> None:
    constant, called = f'MODEL = "{model}"\n', f"from openai import OpenAI\nOpenAI().{call}\n"
    own, imported = tmp_path / "own", tmp_path / "imported"
    write(own, {"app/ask.py": constant + called, "routes.yaml": DECLARED})
    import_ = "from config import MODEL\n"
    write(
        imported,
        {"config.py": constant, "app/ask.py": import_ + called, "routes.yaml": DECLARED},
    )
    rules = [sorted(f.rule for f in checked(root).findings) for root in (own, imported)]
    assert rule in rules[0]
    assert rules[0] == rules[1]


def test_a_hook_on_the_module_alone_calls_nothing_gone(tmp_path: Path) -> None:
    write(tmp_path, {**TREE, "used.py": CONFIG + CALL.format("MODEL"), "AGENTS.md": "Be brief.\n"})
    module = collect(Run(tmp_path, (tmp_path / "config.py",), Settings(), TODAY))
    used = collect(Run(tmp_path, (tmp_path / "used.py",), Settings(), TODAY))
    assert not module.is_conclusive("config.py", "retired-model")
    assert not used.is_conclusive("used.py", "retired-model")
    assert used.is_conclusive("used.py", "hidden-text")


def test_a_default_that_is_no_chat_model_is_told_where_it_is_written(tmp_path: Path) -> None:
    config = 'import os\nMODEL = os.getenv("MODEL", "gpt-5.5-pro")\n'
    write(tmp_path, {**TREE, "b.py": ASK, "config.py": config})
    report = checked(tmp_path)
    assert [(f.rule, f.path) for f in report.findings] == [("responses-only-on-chat", "config.py")]
    assert found(checked(tmp_path, "app/ask.py")) == []


MAKES = "class Settings:\n    MODEL = 'gpt-4-32k'\n    model = 'gpt-4-32k'\n"
FIELDS = "from x import Base\nclass Settings(Base):\n    model: str = 'gpt-4-32k'\n"
EITHER = "if f():\n    MODEL = 'gpt-4-32k'\nelse:\n    MODEL = 'o1-mini'\n"
CERTAIN, DEFAULT = ("gpt-4-32k", ""), ("", "gpt-4-32k")


@pytest.mark.parametrize(
    ("config", "imported", "argument", "told"),
    [
        (CONFIG, "from config import MODEL as M", "M", CERTAIN),
        (CONFIG, "import config as c", "c.MODEL", CERTAIN),
        ("A = 'gpt-4-32k'\nMODEL = A\n", "from config import MODEL", "MODEL", CERTAIN),
        (MAKES, "from config import Settings", "Settings.MODEL", CERTAIN),
        (MAKES, "from config import Settings", "Settings.model", DEFAULT),
        (MAKES, "from config import Settings", "Settings().model", DEFAULT),
        (MAKES, "from config import Settings\nown = Settings()", "own.model", DEFAULT),
        (MAKES + "s = Settings()\n", "import config", "config.s.model", DEFAULT),
        (FIELDS + "s = Settings()\n", "from config import s", "s.model", DEFAULT),
        (
            FIELDS + "def get(): return Settings()\n",
            "from config import get",
            "get().model",
            DEFAULT,
        ),
        (CONFIG, "from config import MODEL\nimport sys", "sys.argv[1] or MODEL", DEFAULT),
        (CONFIG, "from config import MODEL\nimport os", "os.getenv('M', MODEL)", DEFAULT),
        # what is told something, or set, or comes from elsewhere
        (CONFIG, "from config import OTHER", "OTHER", ("", "")),
        (CONFIG, "from other import MODEL", "MODEL", ("", "")),
        (CONFIG, "from .config import MODEL", "MODEL", ("", "")),
        (CONFIG, "from config import MODEL\nMODEL = f()", "MODEL", ("", "")),
        (CONFIG, "import config\nconfig.MODEL = f()", "config.MODEL", ("", "")),
        (CONFIG, "import config\nsetattr(config, a, b)", "config.MODEL", ("", "")),
        (MAKES, "from config import Settings", "Settings(a).model", ("", "")),
        (MAKES + "s = Settings()\ns.model = f()\n", "from config import s", "s.model", ("", "")),
        (FIELDS + "s = Settings(model=f())\n", "from config import s", "s.model", ("", "")),
        (EITHER, "from config import MODEL", "MODEL", ("", "")),
    ],
)
def test_what_an_import_leads_to(
    tmp_path: Path, config: str, imported: str, argument: str, told: tuple[str, str]
) -> None:
    write(tmp_path, {"config.py": config, "app/ask.py": f"{imported}\n{CALL.format(argument)}"})
    project = collect(Run(tmp_path, (tmp_path,), Settings(), TODAY)).project
    (route,) = project.all(Route)
    assert (route.model.literal or "", route.model_default.literal or "") == told


def test_a_package_hides_the_module_of_its_name(tmp_path: Path) -> None:
    package = {"config/__init__.py": "from .models import MODEL\n", "config/models.py": CONFIG}
    write(tmp_path, {**TREE, **package})
    assert found(checked(tmp_path)) == [("retired-model", "config/models.py", "error")]
    (tmp_path / "config" / "__init__.py").write_text("MODEL = f()\n")
    assert found(checked(tmp_path)) == []


def test_where_an_import_looks_for_its_module() -> None:
    def paths(importer: str, name: str) -> list[str]:
        return [f"{module.path}:{module.bound}" for module in modules_of(importer, name)]

    assert paths("app/ask.py", "config.MODEL") == [
        "app/config.py:MODEL",
        "app/config/__init__.py:MODEL",
        "config.py:MODEL",
        "config/__init__.py:MODEL",
    ]
    assert paths("app/ask.py", ".MODEL") == ["app/__init__.py:MODEL"]
    assert paths("a/b/ask.py", "..config.s.model") == [
        "a/config/s.py:model",
        "a/config/s/__init__.py:model",
        "a/config.py:s.model",
        "a/config/__init__.py:s.model",
    ]
    assert paths("ask.py", "..config.MODEL") == []
    assert paths("ask.py", "MODEL") == []


OWNED = """
from config import get
from openai import OpenAI


class Asks:
    def __init__(self, settings=None):
        self.settings = settings or get()

    def ask(self):
        return OpenAI().chat.completions.create(model=self.settings.model, messages=[])


def ask(settings=None):
    settings = settings or get()
    return OpenAI().chat.completions.create(model=settings.model, messages=[])


def ask_by(settings):
    return OpenAI().chat.completions.create(model=settings.model, messages=[])
"""


def test_an_object_is_what_it_is_where_nobody_gives_another_one(tmp_path: Path) -> None:
    write(tmp_path, {"config.py": f"{FIELDS}def get(): return Settings()\n", "ask.py": OWNED})
    project = collect(Run(tmp_path, (tmp_path,), Settings(), TODAY)).project
    routes = project.all(Route)
    assert [route.model_default.literal for route in routes] == [*["gpt-4-32k"] * 2, None]


ADK = "from google.adk.agents import LlmAgent\nLlmAgent(name='a', model=MODEL)\n"
AGENT = "from agents import Agent\nAgent(name='a', model=MODEL)\n"
AGNO = "from agno.agent import Agent\nAgent(model=MODEL)\n"
DEEP = "from deepagents import create_deep_agent\ncreate_deep_agent(model=MODEL)\n"
PYDANTIC = "from pydantic_ai import Agent\nAgent(MODEL)\n"
CREW = "from crewai import Agent\nAgent(role='r', llm=MODEL)\n"
LANGCHAIN = "from langchain.agents import create_agent\ncreate_agent(model=MODEL, tools=[])\n"
MAY_BE_OBJECTS = (ADK, AGENT, AGNO, DEEP, PYDANTIC, CREW, LANGCHAIN)


def all_routes(root: Path) -> list[Route]:
    run = Run(root, (root,), Settings(), TODAY)
    project = collect(run).project
    return list(project.all(Route))


@pytest.mark.parametrize(
    ("call", "model"),
    [
        (ADK, "gemini-3-pro-preview"),
        (AGENT, "gpt-4-32k"),
        (AGNO, "openai:gpt-4-32k"),
        (DEEP, "openai:gpt-4-32k"),
        (PYDANTIC, "openai:gpt-4-32k"),
        (CREW, "gpt-4-32k"),
        (LANGCHAIN, "openai:gpt-4-32k"),
        (AGENT, "litellm/openai/gpt-4-32k"),
    ],
)
def test_what_may_be_an_object_is_a_model_where_another_module_says_so(
    tmp_path: Path, call: str, model: str
) -> None:
    write(
        tmp_path, {"config.py": f"MODEL = '{model}'\n", "a.py": "from config import MODEL\n" + call}
    )
    assert [route.model.literal for route in all_routes(tmp_path)] == [model]
    assert found(checked(tmp_path)) == ENDED


def test_who_answers_is_told_by_the_model_that_another_module_says(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": "from config import MODEL\n" + AGENT, "b.py": PYDANTIC})
    for model, provider in (("gpt-4-32k", "openai"), ("other/gpt-4-32k", "unknown")):
        write(tmp_path, {"config.py": f"MODEL = '{model}'\n"})
        assert [route.provider.literal for route in all_routes(tmp_path)] == [provider]
    write(tmp_path, {"config.py": "MODEL = 'anthropic:claude-3-opus-20240229'\n"})
    write(tmp_path, {"b.py": "from config import MODEL\n" + PYDANTIC})
    (route,) = (route for route in all_routes(tmp_path) if route.path == "b.py")
    assert route.family == "anthropic_messages"


@pytest.mark.parametrize("call", MAY_BE_OBJECTS)
@pytest.mark.parametrize(
    "config",
    [
        "from openai import AsyncOpenAI\nMODEL = Model('gpt-4-32k', AsyncOpenAI())\n",
        "import os\nMODEL = os.environ['MODEL']\n",
        "def MODEL(): return 'gpt-4-32k'\n",
        "MODEL = make()\n",
        "from elsewhere import MODEL\n",
        "",
    ],
)
def test_an_object_of_another_module_is_no_model(tmp_path: Path, config: str, call: str) -> None:
    write(tmp_path, {"config.py": config, "a.py": "from config import MODEL\n" + call})
    assert all_routes(tmp_path) == []
    assert found(checked(tmp_path)) == []


def test_whose_address_a_program_sets_is_not_known_of_an_imported_model(tmp_path: Path) -> None:
    sets = "from config import MODEL\nimport os\nos.environ['OPENAI_BASE_URL'] = 'http://a.test'\n"
    write(tmp_path, {"config.py": CONFIG, "a.py": sets + CREW})
    assert found(checked(tmp_path)) == []


SETTINGS = f"{FIELDS}def get(): return Settings()\nsettings = Settings()\nMODEL = 'gpt-4-32k'\n"
TWICE = {
    "app/config/__init__.py": "from .core import MODEL\n",
    "app/config/core/__init__.py": "from .settings import MODEL\n",
    "app/config/core/settings.py": CONFIG,
}
THRICE = {
    "app/config/__init__.py": "from .a import MODEL\n",
    "app/config/a/__init__.py": "from .b import MODEL\n",
    "app/config/a/b/__init__.py": "from .c import MODEL\n",
    "app/config/a/b/c.py": CONFIG,
}


def package(exports: str, **modules: str) -> dict[str, str]:
    """A package of settings with what its `__init__.py` says."""
    files = {f"app/config/{name}.py": text for name, text in modules.items()}
    return {"app/config/settings.py": SETTINGS, "app/config/__init__.py": exports, **files}


@pytest.mark.parametrize(
    ("files", "imported", "argument", "told"),
    [
        (package("from .settings import MODEL\n"), "MODEL", "MODEL", CERTAIN),
        (package("from .settings import MODEL as M\n"), "M", "M", CERTAIN),
        (package("from app.config.settings import MODEL\n"), "MODEL", "MODEL", CERTAIN),
        (package("from . import settings as s\n"), "s", "s.MODEL", CERTAIN),
        (package("from .settings import *\n__all__ = ['MODEL']\n"), "MODEL", "MODEL", CERTAIN),
        (TWICE, "MODEL", "MODEL", CERTAIN),
        (package("from .settings import settings\n"), "settings", "settings.model", DEFAULT),
        (package("from .settings import get\n"), "get", "get().model", DEFAULT),
        (package("from .settings import get\ns = get()\n"), "s", "s.model", DEFAULT),
        (package("from .settings import Settings\ns = Settings()\n"), "s", "s.model", DEFAULT),
        # what the package changes, or may have from elsewhere
        (package("from .settings import MODEL\nMODEL = f()\n"), "MODEL", "MODEL", ("", "")),
        (
            package("from .settings import settings\nsettings.model = f()\n"),
            "settings",
            "settings.model",
            ("", ""),
        ),
        (
            package("from .settings import settings\nsetattr(settings, a, b)\n"),
            "settings",
            "settings.model",
            ("", ""),
        ),
        (package("from .settings import Settings\ns = Settings(a)\n"), "s", "s.model", ("", "")),
        (
            package(
                "try:\n    from .local import MODEL\nexcept ImportError:\n    from .settings import MODEL\n"
            ),
            "MODEL",
            "MODEL",
            ("", ""),
        ),
        (package("def f():\n    from .settings import MODEL\n"), "MODEL", "MODEL", ("", "")),
        (
            package("from .settings import *\nfrom .local import *\n", local="MODEL = f()\n"),
            "MODEL",
            "MODEL",
            ("", ""),
        ),
        (package("from .settings import *\nMODEL = f()\n"), "MODEL", "MODEL", ("", "")),
        (package("from openai import MODEL\n", openai=CONFIG), "MODEL", "MODEL", ("", "")),
        (package("from . import MODEL\n"), "MODEL", "MODEL", ("", "")),
        (THRICE, "MODEL", "MODEL", ("", "")),
    ],
)
def test_what_a_package_has_from_a_module_is_followed(
    tmp_path: Path, files: dict[str, str], imported: str, argument: str, told: tuple[str, str]
) -> None:
    ask = f"from app.config import {imported}\n{CALL.format(argument)}"
    write(tmp_path, {**files, "app/ask.py": ask})
    for named in ([tmp_path], [tmp_path / "app/ask.py"]):
        run = Run(tmp_path, tuple(named), Settings(), TODAY)
        (route,) = collect(run).project.all(Route)
        assert (route.model.literal or "", route.model_default.literal or "") == told


def test_a_module_behind_a_package_is_reported_on_and_suppressed_as_any_other(
    tmp_path: Path,
) -> None:
    write(
        tmp_path, {**TWICE, "app/ask.py": f"from app.config import MODEL\n{CALL.format('MODEL')}"}
    )
    module = "app/config/core/settings.py"
    assert found(checked(tmp_path)) == [("retired-model", module, "error")]
    assert found(checked(tmp_path, "app/ask.py")) == []
    assert found(checked(tmp_path, "app/ask.py", "app/config")) == found(checked(tmp_path))


def test_a_base_url_of_settings_is_a_default_that_tells_nobody(tmp_path: Path) -> None:
    ask = "from config import s\nfrom openai import OpenAI\n"
    ask += "OpenAI(base_url=s.url).chat.completions.create(model=s.model, messages=[])\n"
    config = f"{FIELDS}    url: str = 'https://api.openai.com/v1'\ns = Settings()\n"
    write(tmp_path, {"config.py": config, "ask.py": ask})
    (route,) = all_routes(tmp_path)
    assert (route.model_default.literal, route.provider.literal) == ("gpt-4-32k", "unknown")
    assert found(checked(tmp_path)) == []
