"""The routes of a repository as a graph: a name, the models behind it, and where it falls back to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from agentlint.facts.route import Route
from agentlint.reporters.safe import safe


class _Node(Struct, frozen=True):
    id: str
    label: str
    is_name: bool


class _Edge(Struct, frozen=True):
    """`label` is what makes the reader follow a fallback, "" for the way a call goes at first."""

    start: str
    end: str
    label: str


class _Graph(Struct, frozen=True):
    nodes: tuple[_Node, ...]
    edges: tuple[_Edge, ...]


def as_mermaid(routes: Sequence[Route]) -> str:
    """A Mermaid flow chart, as code hosts draw it."""
    graph = _graph(routes)
    return "".join(f"{line}\n" for line in ("flowchart LR", *_mermaid_lines(graph)))


def as_dot(routes: Sequence[Route]) -> str:
    """A directed graph for Graphviz."""
    graph = _graph(routes)
    lines = ("digraph routes {", "  rankdir=LR;", *_dot_lines(graph), "}")
    return "".join(f"{line}\n" for line in lines)


def _graph(routes: Sequence[Route]) -> _Graph:
    """Names are one node each however often they occur; every model of a route is its own node."""
    names: dict[str, _Node] = {}
    models: list[_Node] = []
    edges: dict[_Edge, None] = {}

    def named(name: str) -> _Node:
        return names.setdefault(name, _Node(f"name{len(names) + 1}", name, True))

    for route in routes:
        start = named(route.name)
        if route.model.raw:
            model = _Node(f"model{len(models) + 1}", _label(route), False)
            models.append(model)
            edges[_Edge(start.id, model.id, "" if route.effective else "not used")] = None
        for target in route.targets:
            if target.raw != route.name:
                edges[_Edge(start.id, named(target.raw).id, "")] = None
        for fallback in route.fallbacks:
            edges[_Edge(start.id, named(fallback.target.raw).id, fallback.trigger)] = None
    return _Graph((*names.values(), *models), tuple(edges))


def _label(route: Route) -> str:
    return f"{route.model.raw} · {route.family}" if route.family else route.model.raw


def _mermaid_lines(graph: _Graph) -> Iterator[str]:
    for node in graph.nodes:
        left, right = ("([", "])") if node.is_name else ("[", "]")
        yield f'  {node.id}{left}"{_mermaid_text(node.label)}"{right}'
    for edge in graph.edges:
        arrow = f'-. "{_mermaid_text(edge.label)}" .->' if edge.label else "-->"
        yield f"  {edge.start} {arrow} {edge.end}"


def _mermaid_text(text: str) -> str:
    """Text that Mermaid draws as it stands: its own signs, and those of HTML, as character codes."""
    return "".join(f"#{ord(c)};" if c in '"#&;<>`\\' else c for c in safe(text))


def _dot_lines(graph: _Graph) -> Iterator[str]:
    for node in graph.nodes:
        shape = "ellipse" if node.is_name else "box"
        yield f'  {node.id} [label="{_dot_text(node.label)}", shape={shape}];'
    for edge in graph.edges:
        style = f' [label="{_dot_text(edge.label)}", style=dashed]' if edge.label else ""
        yield f"  {edge.start} -> {edge.end}{style};"


def _dot_text(text: str) -> str:
    return safe(text).replace("\\", "\\\\").replace('"', '\\"')
