"""Whatever an editor asks about a file with a credential in it, the answer holds none."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
from tests.secret_samples import sample

from agentlint.config import Settings
from agentlint.engine import Run
from agentlint.engine.workspace import Workspace
from agentlint.server.diagnostics import diagnostics_of
from agentlint.server.hover import hover_at
from agentlint.server.names import RouteNames
from agentlint.server.navigation import Navigation, begun_name_at

PIECE = 12


def files(secret: str) -> dict[str, str]:
    return {
        "AGENTS.md": f"Always use `gpt-5.4` with {secret}; route alias `{secret}` or `a`.\n",
        "litellm.yaml": f"model_list:\n- model_name: {secret}\n  litellm_params:\n"
        f"    model: openai/{secret}\n    api_key: {secret}\n",
        "gateway-routes.yaml": f"routes:\n  a:\n    model: {secret}\n    endpoint_family: {secret}\n",
        ".env": f"OPENAI_API_KEY={secret}\n",
        f"{secret}/CLAUDE.md": "Always use `gpt-5.4` for reviews.\n",
    }


@pytest.mark.parametrize("kind", ["openai-project-key", "anthropic-api-key", "github-token"])
def test_no_answer_holds_a_piece_of_a_secret(tmp_path: Path, kind: str) -> None:
    secret = sample(kind, random.Random(kind))
    for name, text in files(secret).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    snapshot = Workspace(Run(tmp_path, (tmp_path,), Settings(), date(2026, 11, 20))).check({})
    names = RouteNames.of(snapshot.collected)
    navigation = Navigation(snapshot.collected, names, "utf-16", lambda path: "file:///")
    answers: list[object] = []
    for path, source in snapshot.collected.sources.items():
        answers += diagnostics_of(path, snapshot, "utf-16", lambda path: "file:///")
        answers += [(link.range, link.tooltip) for link in navigation.links(path)]
        for offset in range(len(source.text)):
            answers.append(hover_at(path, offset, snapshot, names, "utf-16"))
            begun = begun_name_at(path, offset, snapshot.collected)
            answers += navigation.completion(path, begun) if begun else []
    assert names.definitions
    said = str(answers)
    assert "literal-secret" in said
    assert not [at for at in range(len(secret) - PIECE) if secret[at : at + PIECE] in said]
