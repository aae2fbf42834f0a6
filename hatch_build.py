"""Puts the compiled pages and tables into the wheel; see `agentlint/knowledge/bundle.py`."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Bundle(BuildHookInterface[Any]):
    """Compiles `rules/` for a wheel; an editable install reads the live files and has no bundle."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from agentlint.knowledge.bundle import BUNDLE
        from agentlint.knowledge.compiling import compile_bundle

        file = root / "build" / BUNDLE
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(compile_bundle(root / "rules"))
        build_data["force_include"][str(file)] = f"agentlint/_rules/{BUNDLE}"
