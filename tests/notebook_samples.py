"""Notebooks as Jupyter writes them, made of the cells that a test is about."""

from __future__ import annotations

import json
from typing import Any


def notebook(*cells: dict[str, Any] | str, language: str = "python", indent: int | None = 1) -> str:
    """The text of a notebook; a cell that is a text is one of code."""
    made = [code(cell) if isinstance(cell, str) else cell for cell in cells]
    kernel = {"display_name": "x", "language": language, "name": "x"}
    told = {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(told, indent=indent) + "\n"


def code(source: str, *outputs: dict[str, Any]) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": list(outputs),
        "source": source.splitlines(keepends=True),
    }


def markdown(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source.splitlines(keepends=True)}


def stream(text: str) -> dict[str, Any]:
    lines = text.splitlines(keepends=True)
    return {"output_type": "stream", "name": "stdout", "text": lines}


def shown(text: str, **others: str) -> dict[str, Any]:
    data = {"text/plain": [text], **{name.replace("_", "/"): one for name, one in others.items()}}
    return {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}
