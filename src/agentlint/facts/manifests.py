"""Manifests of Kubernetes: the containers of their pods, wherever a pod is described.

https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
"""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.documents import Mapping, Node, walk
from agentlint.facts.tree import mapping_items

_OF_A_POD = ("initContainers", "containers")


def is_manifest(root: Node) -> bool:
    return isinstance(root, Mapping) and "apiVersion" in root and "kind" in root


def containers(manifest: Node) -> Iterator[tuple[tuple[str, ...], Mapping]]:
    """(pointer, container) of each container in a manifest, in order."""
    for pointer, node in walk(manifest):
        for key in _OF_A_POD:
            for index, container in mapping_items(node, key):
                yield (*pointer, key, index), container
