"""A fact's span cuts exactly the value out of the file, however deep the value stands."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from agentlint.discovery import FileKind, decode
from agentlint.facts.files.extract import extract
from agentlint.facts.mention import ModelMention
from agentlint.facts.route import Route
from agentlint.text import SourceFile

MODELS = ["gpt-5.4", "claude-opus-4-5", "gemini-3-flash", "openai/gpt-5.4-mini"]
LINE_ENDS = ["\n", "\r\n", "\r"]
NOISE = st.sampled_from(["", "# 😀 grüße", "# 中文，标点", "# tab\there", "# plain"])
WRAPPERS = st.lists(st.sampled_from(["> ", "- ", "1. "]), max_size=3)


@st.composite
def route_tables(draw: st.DrawFn) -> tuple[str, list[str]]:
    """YAML lines of a route table, and the models in order."""
    names = draw(st.lists(st.sampled_from("abcd"), min_size=1, max_size=3, unique=True))
    models = [draw(st.sampled_from(MODELS)) for _ in names]
    quote = draw(st.sampled_from(["", '"', "'"]))
    lines = [draw(NOISE), "routes:"]
    for name, model in zip(names, models, strict=True):
        lines += [f"  {name}: {draw(NOISE)}".rstrip(), f"    model: {quote}{model}{quote}  # 😀"]
        lines += ["    endpoint_family: responses"]
    return "\n".join(lines), models


def wrapped(text: str, wrappers: list[str]) -> str:
    """`text` inside quotes and lists, as Markdown writes it."""
    for wrapper in wrappers:
        first, *rest = text.split("\n")
        margin = wrapper if wrapper == "> " else " " * len(wrapper)
        text = "\n".join([wrapper + first, *(margin + line for line in rest)])
    return text


def facts_of(
    path: str, text: str, kind: FileKind
) -> tuple[SourceFile, list[Route], list[ModelMention]]:
    decoded, has_bom = decode(text.encode("utf-8"))
    source = SourceFile(path, decoded, has_bom)
    facts = extract(source, kind)
    assert facts.notices == ()
    return source, list(facts.of(Route)), list(facts.of(ModelMention))


@settings(max_examples=150)
@given(route_tables(), WRAPPERS, st.sampled_from(LINE_ENDS), st.booleans(), st.sampled_from("`~"))
def test_routes_in_a_fence(
    table: tuple[str, list[str]], wrappers: list[str], end: str, bom: bool, mark: str
) -> None:
    yaml, models = table
    fence = wrapped(f"{mark * 3}yaml\n{yaml}\n{mark * 3}", wrappers)
    text = "\ufeff" * bom + f"# Routes 😀\n\n{fence}\n".replace("\n", end)
    source, routes, _ = facts_of("AGENTS.md", text, FileKind.INSTRUCTION)
    assert [route.model.span.cut(source.text) for route in routes] == models
    assert [route.model.raw for route in routes] == models
    for route in routes:
        assert route.family_value.span.cut(source.text) == "responses"
        assert route.role.span.cut(source.text) == route.role.raw


@settings(max_examples=60)
@given(route_tables(), st.sampled_from(LINE_ENDS), st.booleans())
def test_routes_in_a_file_and_in_a_config_map(
    table: tuple[str, list[str]], end: str, bom: bool
) -> None:
    yaml, models = table
    mapped = "kind: ConfigMap\ndata:\n  routes.yaml: |\n" + "\n".join(
        f"    {line}" if line else "" for line in yaml.split("\n")
    )
    for text in (yaml, mapped):
        file = "\ufeff" * bom + f"{text}\n".replace("\n", end)
        source, routes, _ = facts_of("config.yaml", file, FileKind.CONFIG)
        assert [route.model.span.cut(source.text) for route in routes] == models


@settings(max_examples=60)
@given(st.lists(st.sampled_from(MODELS), min_size=1, max_size=3), st.sampled_from(LINE_ENDS))
def test_routes_in_json_and_toml(models: list[str], end: str) -> None:
    rows = {f"r😀{i}": {"model": m, "endpoint_family": "responses"} for i, m in enumerate(models)}
    as_json = json.dumps({"routes": rows}, indent=1, ensure_ascii=False)
    as_toml = "\n".join(
        f'[routes."{name}"]\nmodel = "{row["model"]}"\nendpoint_family = \'responses\''
        for name, row in rows.items()
    )
    for path, text in (("a.json", as_json), ("a.toml", as_toml)):
        if path == "a.toml" and end == "\r":
            continue  # TOML knows no lone CR as a line end
        source, routes, _ = facts_of(path, text.replace("\n", end) + end, FileKind.CONFIG)
        assert [route.model.span.cut(source.text) for route in routes] == models


@settings(max_examples=150)
@given(
    st.sampled_from(MODELS),
    WRAPPERS,
    st.sampled_from(LINE_ENDS),
    st.sampled_from(
        ["Use {}.", "使用 `{}`，谢谢", "😀 **Always use `{}`**", "| use | {} |\n|---|---|"]
    ),
)
def test_mentions_in_prose(model: str, wrappers: list[str], end: str, sentence: str) -> None:
    text = wrapped(sentence.format(model), wrappers).replace("\n", end) + end
    source, _, mentions = facts_of("AGENTS.md", text, FileKind.INSTRUCTION)
    assert [model.endswith(m.id) for m in mentions] == [True]
    assert model.endswith(mentions[0].span.cut(source.text)) or (
        mentions[0].span.cut(source.text) == model
    )
