"""How much of a catalogue of model IDs the detector knows, by source and by line of models.

    python bench/model_coverage.py [FILE ...]

FILE is a JSON list of IDs, a JSON object of such lists by provider, a litellm cost map or a
models.dev `api.json`. Without one, the list in ../shared beside the checkout is read where it is.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from agentlint.knowledge.names import recognise

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data" / "model_ids_union.json"
LINES: Mapping[str, str] = {
    "OpenAI": "gpt",
    "Anthropic": "claude",
    "Google": "gemini|gemma-|imagen|veo-",
    "xAI": "grok",
    "MiniMax": "minimax",
    "Kimi": "kimi|moonshot",
    "Cohere": "cohere|command",
    "Qwen": "qwen|qwq|qvq",
    "DeepSeek": "deepseek",
    "Mistral": "mistral|mixtral|stral-",
    "GLM": "glm",
    "Llama": "llama",
    "all": "",
}
# Services that vendors and clouds run themselves, in models.dev's and in litellm's names.
FIRST_PARTY = frozenset(
    {
        *("openai", "anthropic", "google", "xai", "mistral", "deepseek", "alibaba", "moonshotai"),
        *("zai", "minimax", "cohere", "llama", "amazon-bedrock", "google-vertex", "azure"),
        *("google-vertex-anthropic", "github-copilot"),
    }
)


def main(arguments: list[str]) -> int:
    paths = [Path(argument) for argument in arguments] or [DEFAULT]
    for path in paths:
        if not path.is_file():
            print(f"skipped: no file {path}")
            continue
        report(path)
    return 0


def report(path: Path) -> None:
    by_provider = ids_by_provider(json.loads(path.read_text(encoding="utf-8")))
    ids = sorted({model for models in by_provider.values() for model in models})
    print(f"\n{path.name}: {len(ids)} distinct IDs")
    for line, pattern in LINES.items():
        print(row(line, [model for model in ids if re.search(pattern, model, re.IGNORECASE)]))
    own = [model for name in FIRST_PARTY & set(by_provider) for model in by_provider[name]]
    if own:
        print(row("first-party", own))
        print("  not found: " + ", ".join(sorted({model for model in own if not is_found(model)})))


def row(name: str, ids: list[str]) -> str:
    found = sum(map(is_found, ids))
    share = 100 * found / len(ids) if ids else 0.0
    return f"  {name:12} {found:5} / {len(ids):5}  {share:5.1f} %"


@cache
def is_found(model: str) -> bool:
    """Whether the ID, as a token of its own, is taken for one."""
    return recognise(model) is not None


def ids_by_provider(raw: object) -> dict[str, list[str]]:
    match raw:
        case list():
            return {"": [model for model in raw if isinstance(model, str)]}
        case dict() if any(isinstance(entry, list) for entry in raw.values()):
            return {provider: list(models) for provider, models in raw.items()}
        case dict() if any("models" in entry for entry in raw.values() if isinstance(entry, dict)):
            return {provider: list(entry["models"]) for provider, entry in raw.items()}
        case dict():
            return {"": [model for model in raw if model != "sample_spec"]}
    raise SystemExit("neither a list of IDs nor a catalogue by provider")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
