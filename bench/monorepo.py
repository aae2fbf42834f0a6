"""Generate the repository that the speed of linters is measured on.

    python bench/monorepo.py FOLDER [--size small|monorepo|tree] [--seed 1]
    python bench/monorepo.py FOLDER --files 20000 --instructions 1000

`--files` files in all, of which `--instructions` are instruction and config files of 1 to 20 kB in
the mix below; one in twenty of those has a fault. The rest is what stands in a monorepo: source, data,
pages of documentation, and folders that every tool is expected to leave alone. The same seed gives the
same bytes.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable
from pathlib import Path

_AREAS = "api auth billing cache catalog chat docs edge feed ingest jobs mail media orders search".split()
_VERBS = (
    "Run Keep Write Read Add Prefer Avoid Update Check Move Rename Document Test Review".split()
)
_OBJECTS = (
    "the unit tests of the package that you changed",
    "functions short and free of hidden state",
    "a changelog entry for whatever a user can see",
    "database migrations in a commit of their own",
    "the existing helpers in `internal/httpx` over new ones",
    "generated files; they are built by `make generate`",
    "public types where they are declared",
    "the model class before you touch its serializer",
    "feature flags through `flags.Get(ctx, name)`",
    "errors with the operation that failed, and never swallow one",
    "`pnpm lint` and `pnpm typecheck` before you commit",
    "the `README.md` of the folder when its layout changes",
    "secrets out of the repository; they come from the vault at start-up",
    "names in full: `customer_id`, not `cid`",
    "imports in the order that the formatter gives them",
    "the endpoint's OpenAPI description together with its handler",
)
_ENDS = (
    ".",
    ", as the reviewers expect.",
    " - CI does the same.",
    "; ask if unsure.",
    " (see below).",
)
_FENCES = (
    "```bash\nmake generate\nmake test PKG=./internal/{area}/...\n```",
    "```ts\nexport const limit = Number(process.env.{AREA}_LIMIT ?? 50);\n```",
    "```python\ndef test_{area}_is_empty(client):\n    assert client.get('/{area}').json() == []\n```",
    "```yaml\nservices:\n  {area}:\n    image: {area}:1.4.2\n    ports: ['8080:8080']\n```",
)
_MODELS = "gpt-5.4 claude-opus-5 gemini-3.1-pro-preview gpt-5.4-mini claude-sonnet-5".split()


# Files in all, and how many of them are instructions or configs.
SIZES = {"small": (60, 12), "monorepo": (20_000, 1_000), "tree": (100_000, 5_000)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", choices=SIZES, default="monorepo")
    parser.add_argument("--files", type=int)
    parser.add_argument("--instructions", type=int)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    files, instructions = SIZES[arguments.size]
    files, instructions = arguments.files or files, arguments.instructions or instructions
    generate(arguments.folder, files, instructions, arguments.seed)


def generate(folder: Path, files: int, instructions: int, seed: int) -> None:
    """Write the repository into `folder`, which must not hold one yet."""
    chance = random.Random(seed)
    for number in range(instructions):
        name, write = _KINDS[number % len(_KINDS)]
        faulty = number % 20 == 7
        text = write(chance, faulty)
        _put(folder / name.format(area=f"{_area(chance)}-{number % 40}", n=number), text)
    for number in range(files - instructions):
        name, write = _FILLERS[number % len(_FILLERS)]
        _put(folder / name.format(area=_area(chance), n=number), write(chance))


def generate_one(folder: Path, size: int, seed: int) -> None:
    """Write one instruction file of `size` characters into `folder`, with one fault in it."""
    chance = random.Random(seed)
    parts = ["# Working here\n\nUse `claude-opus-5` for every review.\n"]
    while sum(map(len, parts)) < size:
        parts.append(chance.choice((_paragraph, _list, _section, _fence, _table))(chance))
    _put(folder / "AGENTS.md", "\n".join(parts)[:size] + "\n")


def _area(chance: random.Random) -> str:
    return f"{chance.choice(_AREAS)}/{chance.choice(_AREAS)}"


def _put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _sentence(chance: random.Random) -> str:
    return f"{chance.choice(_VERBS)} {chance.choice(_OBJECTS)}{chance.choice(_ENDS)}"


def _page(chance: random.Random) -> str:
    """Headings, paragraphs, lists, fences and a table: 1 to 20 kB, most of it near the small end."""
    size = int(1000 * 20 ** (chance.random() ** 1.7))
    parts = ["# Working here\n"]
    length = 0
    while length < size:
        part = chance.choice((_paragraph, _list, _list, _section, _fence, _table))(chance)
        parts.append(part)
        length += len(part)
    return "\n".join(parts) + "\n"


def _paragraph(chance: random.Random) -> str:
    return " ".join(_sentence(chance) for _ in range(chance.randint(2, 5))) + "\n"


def _list(chance: random.Random) -> str:
    return "".join(f"- {_sentence(chance)}\n" for _ in range(chance.randint(3, 8)))


def _section(chance: random.Random) -> str:
    return f"## The {chance.choice(_AREAS)} service\n\n{_paragraph(chance)}"


def _fence(chance: random.Random) -> str:
    area = chance.choice(_AREAS)
    return chance.choice(_FENCES).replace("{area}", area).replace("{AREA}", area.upper()) + "\n"


def _table(chance: random.Random) -> str:
    rows = (f"| `{chance.choice(_AREAS)}` | {_sentence(chance)} |\n" for _ in range(4))
    return "| folder | rule |\n|---|---|\n" + "".join(rows)


def _instruction(chance: random.Random, faulty: bool) -> str:
    fault = f"\nUse `{chance.choice(_MODELS)}` for every review.\n" if faulty else ""
    return _page(chance) + fault


def _agent(chance: random.Random, faulty: bool) -> str:
    model = "claude-3-opus-20240229" if faulty else "inherit"
    name = f"{chance.choice(_AREAS)}-reviewer"
    return (
        f"---\nname: {name}\ndescription: Reviews changes.\nmodel: {model}\n---\n\n{_page(chance)}"
    )


def _cursor_rule(chance: random.Random, faulty: bool) -> str:
    return (
        "---\ndescription: House rules\nglobs: '**/*.ts'\nalwaysApply: false\n---\n\n"
        + _instruction(chance, faulty)
    )


def _routes(chance: random.Random, faulty: bool) -> str:
    entries = []
    for number in range(chance.randint(4, 40)):
        family = "" if faulty and number == 2 else "    endpoint_family: responses\n"
        entries.append(
            f"  {chance.choice(_AREAS)}-{number}:\n    model: {chance.choice(_MODELS)}\n{family}"
            "    endpoint_path: /v1/responses\n    owner: platform\n"
        )
    return "routes:\n" + "".join(entries)


def _litellm(chance: random.Random, faulty: bool) -> str:
    entries = []
    for number in range(chance.randint(4, 40)):
        model = "openai/gpt-5-pro" if faulty and number == 1 else f"openai/{chance.choice(_MODELS)}"
        entries.append(
            f"  - model_name: {chance.choice(_AREAS)}-{number}\n    litellm_params:\n      model: {model}\n"
            "      api_key: os.environ/OPENAI_API_KEY\n"
        )
    return (
        "model_list:\n"
        + "".join(entries)
        + "general_settings:\n  master_key: os.environ/MASTER_KEY\n"
    )


def _mcp(chance: random.Random, faulty: bool) -> str:
    key = "".join(chance.choices("0123456789abcdef", k=40)) if faulty else "${API_KEY}"
    server = {"command": "npx", "args": ["-y", "tool"], "env": {"API_KEY": key}}
    return (
        json.dumps({"mcpServers": {chance.choice(_AREAS): server for _ in range(6)}}, indent=2)
        + "\n"
    )


def _workflow(chance: random.Random, faulty: bool) -> str:
    permissions = "write-all" if faulty else "\n  contents: read"
    steps = "".join(
        f"      - name: {json.dumps(_sentence(chance))}\n        run: make {chance.choice(_AREAS)}\n"
        for _ in range(12)
    )
    return (
        f"name: ci\non: [push]\npermissions: {permissions}\njobs:\n  build:\n    runs-on: ubuntu-latest\n"
        f"    steps:\n      - uses: actions/checkout@v4\n{steps}"
    )


def _source(chance: random.Random) -> str:
    lines = (
        f"def {chance.choice(_AREAS)}_{n}(value):\n    return value + {n}\n\n" for n in range(40)
    )
    return "".join(lines)


def _script(chance: random.Random) -> str:
    return "".join(
        f"export const {chance.choice(_AREAS)}{n} = (x) => x * {n};\n" for n in range(45)
    )


def _data(chance: random.Random) -> str:
    rows = [{"id": n, "area": chance.choice(_AREAS), "value": chance.random()} for n in range(40)]
    return json.dumps(rows, indent=1) + "\n"


def _settings(chance: random.Random) -> str:
    return "".join(
        f"{chance.choice(_AREAS)}_{n}:\n  enabled: true\n  limit: {n}\n" for n in range(40)
    )


_KINDS: tuple[tuple[str, Callable[[random.Random, bool], str]], ...] = (
    *((("services/{area}/AGENTS.md"), _instruction),) * 4,
    *((("services/{area}/CLAUDE.md"), _instruction),) * 3,
    *((("services/{area}/.github/instructions/rule-{n}.instructions.md"), _instruction),) * 2,
    *((("apps/{area}/.claude/agents/agent-{n}.md"), _agent),) * 2,
    *((("apps/{area}/.claude/skills/skill-{n}/SKILL.md"), _cursor_rule),) * 2,
    *((("apps/{area}/.cursor/rules/rule-{n}.mdc"), _cursor_rule),) * 2,
    ("apps/{area}/.claude/commands/command-{n}.md", _instruction),
    ("deploy/{area}/gateway-routes-{n}.yaml", _routes),
    ("deploy/{area}/litellm-{n}.yaml", _litellm),
    ("apps/{area}/.mcp.json", _mcp),
    (".github/workflows/{area}-{n}.yml", _workflow),
)
_FILLERS: tuple[tuple[str, Callable[[random.Random], str]], ...] = (
    *(("services/{area}/src/module_{n}.py", _source),) * 5,
    *(("apps/{area}/src/component_{n}.ts", _script),) * 7,
    ("services/{area}/fixtures/data_{n}.json", _data),
    ("deploy/{area}/values-{n}.yaml", _settings),
    ("services/{area}/docs/page_{n}.md", _page),
    *(("node_modules/{area}/lib_{n}.js", _script),) * 4,
)


if __name__ == "__main__":
    main()
