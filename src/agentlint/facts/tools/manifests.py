"""Manifests of Kubernetes: the containers of their pods, wherever a pod is described, and their variables.

https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
"""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.documents import Mapping, Node, Scalar, ScalarKind, walk
from agentlint.facts.setting import Setting
from agentlint.facts.tree import mapping_items, value_at
from agentlint.facts.values.value import Located, Value, ValueKind
from agentlint.facts.variables.settings import setting

_OF_A_POD = ("initContainers", "containers")
_REFERRED = {"secretKeyRef": ValueKind.SECRET_REF, "configMapKeyRef": ValueKind.TEMPLATE}


def is_manifest(root: Node) -> bool:
    return isinstance(root, Mapping) and "apiVersion" in root and "kind" in root


def containers(manifest: Node) -> Iterator[tuple[tuple[str, ...], Mapping]]:
    """(pointer, container) of each container in a manifest, in order."""
    for pointer, node in walk(manifest):
        for key in _OF_A_POD:
            for index, container in mapping_items(node, key):
                yield (*pointer, key, index), container


def set_in_list(env: Node | None) -> Iterator[Setting]:
    """What a list such as the `env` of a container sets: values, and keys of the Secrets and ConfigMaps
    that they come from."""
    for _, variable in mapping_items(env):
        name, value = variable.get("name"), variable.get("value")
        if not isinstance(name, Scalar):
            continue
        if isinstance(value, Scalar) and value.kind is not ScalarKind.NULL:
            yield setting(name.region, value.region)
        for source, kind in _REFERRED.items():
            holder = value_at(variable, "valueFrom", source, "name").raw
            key = value_at(variable, "valueFrom", source, "key").raw
            if key:
                written = f"{source.removesuffix('KeyRef')} {holder}/{key}"
                yield Setting(Located(name.text, name.span), Value(written, kind, None, key))
