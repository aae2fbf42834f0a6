"""`python fuzz/atheris_rooms.py ROOM [libFuzzer options]`: coverage-guided fuzzing of one parser room.

ROOM is a language of `agentlint.documents`, `python` or `notebook`; options are libFuzzer's, such as
`-max_total_time=60`. A crash leaves its input beside the working directory as `crash-…`. Without
atheris (https://pypi.org/project/atheris/) it says so and exits with 3.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

NO_ATHERIS = 3
_PROGRAMS = ("python", "notebook")
ROOMS = ("markdown", "yaml", "toml", "json", "jsonl", "dotenv", "dockerfile", "python", "notebook")


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in ROOMS:
        sys.exit(f"usage: atheris_rooms.py {{{'|'.join(ROOMS)}}} [libFuzzer options]")
    try:
        import atheris
    except ImportError:
        print("skipped: atheris is not installed", file=sys.stderr)
        sys.exit(NO_ATHERIS)
    with atheris.instrument_imports(include=["agentlint", "ruamel", "markdown_it"]):
        room = _room(sys.argv[1])
    atheris.Setup([sys.argv[0], *sys.argv[2:]], lambda data: room(data.decode("utf-8", "replace")))
    atheris.Fuzz()


def _room(name: str) -> Callable[[str], None]:
    """What is done with one text: it is parsed, and every place in it must lie within the text."""
    from agentlint.documents import parse, parse_code
    from agentlint.documents.languages import parse_notebook
    from agentlint.documents.notebook_program import program_of
    from agentlint.text import Region

    def try_text(text: str) -> None:
        region = Region.whole(text.replace("\0", ""))
        if name == "notebook":
            notebook = parse_notebook(region)
            region = program_of(notebook).region
            assert len(region.text) == len(notebook.text)
        document = parse_code(region) if name in _PROGRAMS else parse(name, region)
        for problem in document.problems:
            assert 0 <= problem.span.start <= problem.span.end <= len(region.text), problem
        for root in getattr(document, "roots", ()):
            assert 0 <= root.span.start <= root.span.end <= len(region.text), root.span
        for block in getattr(document, "blocks", ()):
            assert 0 <= block.span.start <= block.span.end <= len(region.text), block.span

    return try_text


if __name__ == "__main__":
    main()
