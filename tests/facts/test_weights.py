"""Weights that code works on are told from models that it asks."""

from __future__ import annotations

import pytest
from tests.facts.reading import stances_in as stances
from tests.facts.reading import stances_in_sample as in_sample

from agentlint.facts.mention import Stance
from agentlint.facts.wording.weights import may_be_weights


@pytest.mark.parametrize(
    ("vendor", "model", "published"),
    [
        ("openai", "gpt-5.4", False),
        ("openai", "gpt-oss-20b", True),
        ("google", "gemini-2.5-pro", False),
        ("google", "Gemma-3-4b-it", True),
        ("google", "google/gemma-3-1b-it", True),
        ("google", "google/gemini-2.5-pro", False),
        ("openai", "openai/gpt-oss-20b", True),
        ("anthropic", "claude-opus-4-8", False),
        ("meta", "Llama-3.2-1B", True),
        ("open_weights", "phi-4", True),
    ],
)
def test_who_publishes_weights(vendor: str, model: str, published: bool) -> None:
    assert may_be_weights(vendor, model) is published


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", 'model = load(\n    Model.from_pretrained("meta-llama/Llama-3.2-1B"))'),
        (
            "python",
            'model_id = "meta-llama/Llama-3.2-1B"\nm = Auto.from_pretrained(model_id, token=t)',
        ),
        ("python", 'def load(name: str = "Qwen/Qwen3-8B"):\n    return Auto.from_pretrained(name)'),
        ("python", 'llm = LLM(model="Qwen/Qwen3-8B", kv_cache_dtype="fp8")'),
        ("python", 'trainer = trl.GRPOTrainer(args=args(), model="Qwen/Qwen3-0.6B")'),
        ("python", 'Job(\n    model="Qwen/Qwen3-8B",\n    hyper={"learning_rate": 1e-4},\n)'),
        ("json", '{"baseModel": "Qwen/Qwen3-8B"}'),
        ("typescript", 'tune({ model: "Qwen/Qwen3-8B", trainData: rows })'),
        ("toml", 'model = "Qwen/Qwen3-8B"\nload_in_4bit = true'),
        ("python", 'm = Fast.from_pretrained(model_name="google/gemma-3-1b-it", seed=1)'),
        ("python", 'model = outlines.models.transformers("microsoft/Phi-3-mini-4k-instruct")'),
        ("python", 'from tensorrt_llm import LLM\nllm = LLM(model="meta-llama/Llama-3.1-8B")'),
        ("python", 'import nnsight\nmodel = nnsight.LanguageModel("meta-llama/Llama-3.1-8B")'),
        ("python", 'import mlx_lm\nmodel = mlx_lm.load("Qwen/Qwen3-8B")'),
        ("bash", "train --advantage-estimator grpo --model-name qwen3-30b-a3b"),
        ("bash", "train --rollout-batch-size 512 --model-name qwen3-30b-a3b"),
        ("bash", "$ train --model Qwen/Qwen3-8B \\\n  --lora-rank 8"),
        ("bash", "KEY=a \\\n  bench \\\n  -- --model Qwen/Qwen3-8B \\\n     --task gsm8k"),
        ("bash", "train --model gpt-oss-20b --num-train-epochs=3"),
    ],
)
def test_what_is_trained_or_measured_is_only_named(language: str, code: str) -> None:
    assert in_sample(code, language) == [Stance.NEUTRAL]


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", 'pipeline = Pipeline(model="qwen3-coder-plus")'),
        ("python", 'from crewai import LLM\nllm = LLM(model="meta-llama/Llama-3.1-8B")'),
        ("python", 'model = LanguageModel("meta-llama/Llama-3.1-8B")'),
        ("python", 'import outlines\nmodel = from_openai("google/gemini-2.5-pro")'),
        ("python", 'import mlx_lm\nmodel = mlx_lm.load("gpt-5.4")'),
        ("yaml", "model: qwen3-30b-a3b\nrollout_percentage: 10"),
        ("python", 'out = pipeline("summarise", model="qwen-max-latest")'),
        ("python", 'tune(epochs=3)\nask(model="qwen3-coder-plus")'),
        ("python", 'Trainer(model="gpt-5.4", train_dataset=rows)'),
        ("python", 'Agent(model="qwen3-coder-plus")\npipeline("text-generation", model=model)'),
        ("python", 'model = "qwen3-coder-plus"\nAuto.from_pretrained(model_path, model=local)'),
        ("bash", "agent --model deepseek-v3.1 --task 'mend the build'"),
        ("bash", "train --epochs 3\nagent --model deepseek-v3.1"),
        ("bash", "agent --model deepseek-v3.1 | train --epochs 3"),
        ("yaml", "model: deepseek-v3.1\ntemperature: 0"),
    ],
)
def test_what_is_asked_is_assigned(language: str, code: str) -> None:
    assert in_sample(code, language) == [Stance.ASSIGNED]


def test_a_code_span_is_read_as_a_command() -> None:
    text = (
        "Run `train --model Qwen/Qwen3-8B --epochs 3`, then use `agent --model qwen3-coder-plus`.\n"
    )
    assert stances(text) == [Stance.NEUTRAL, Stance.DIRECTIVE]
