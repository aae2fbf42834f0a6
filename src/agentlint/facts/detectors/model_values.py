"""Reading the value of a setting that names a model, where short and plain names count as well."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from msgspec import Struct

from agentlint.facts.values.references import classify_reference, is_placeholder
from agentlint.knowledge.data import Row, table
from agentlint.knowledge.names import MAX_ID, display_name, parse_model
from agentlint.text import Pattern, compile_pattern


class ModelForm(StrEnum):
    """What kind of thing stands where a model is to be named."""

    ID = "id"
    PREFIXED = "prefixed"
    """An ID behind the name of a provider: `openai/gpt-5.5`."""
    FAMILY_ALIAS = "family_alias"
    """A line of models, of which the reader takes the newest: `sonnet`."""
    DISPLAY_NAME = "display_name"
    """The name in a picker: `Claude Sonnet 4.5 (copilot)`."""
    WILDCARD = "wildcard"
    INHERIT = "inherit"
    AUTO = "auto"
    DEPLOYMENT = "deployment"
    """A name that its owner chose: an alias, a deployment, a model that no pattern knows."""
    PLACEHOLDER = "placeholder"
    REFERENCE = "reference"


_NAMING = frozenset(
    {ModelForm.ID, ModelForm.PREFIXED, ModelForm.FAMILY_ALIAS, ModelForm.DISPLAY_NAME}
)
_WILDCARD = Pattern(r"[*?]|\.\+")
_CONTEXT_WINDOW = Pattern(r"\[1m\]\Z")


class ModelValue(Struct, frozen=True):
    """A model setting's value. `id` is the value without its provider prefix."""

    form: ModelForm
    id: str
    vendor: str | None = None
    provider_prefix: str = ""


def is_model_value(text: str) -> bool:
    """Whether the value names a model or a line of models, rather than pointing elsewhere."""
    value = model_in_value(text)
    return value is not None and value.form in _NAMING


def model_in_value(text: str) -> ModelValue | None:
    """What the value of a model setting is; None for an empty value or running text."""
    text = text.strip()
    if not text or len(text) > MAX_ID:
        return None
    if classify_reference(text):
        return ModelValue(ModelForm.REFERENCE, text)
    word = _CONTEXT_WINDOW.sub("", text).lower()
    for form, setting in _WORDS:
        if word in _values()[setting]:
            return ModelValue(form, text)
    if is_placeholder(text):
        return ModelValue(ModelForm.PLACEHOLDER, text)
    if _WILDCARD.search(text):
        return ModelValue(ModelForm.WILDCARD, text)
    return _model_by_name(text)


_WORDS = (
    (ModelForm.INHERIT, "inherit"),
    (ModelForm.AUTO, "auto"),
    (ModelForm.FAMILY_ALIAS, "family_aliases"),
)


def _model_by_name(text: str) -> ModelValue | None:
    name = parse_model(text)
    if name.vendor is not None:
        prefix = text[: len(text) - len(name.id)].rstrip("/:")
        form = ModelForm.PREFIXED if prefix else ModelForm.ID
        return ModelValue(form, name.id, name.vendor, prefix)
    if _display().fullmatch(text):
        return ModelValue(ModelForm.DISPLAY_NAME, text)
    return None if re.search(r"\s", text) else ModelValue(ModelForm.DEPLOYMENT, text)


@cache
def _values() -> Row:
    values: Row = table("model_patterns")["values"]
    return values


@cache
def _display() -> re.Pattern[str]:
    return compile_pattern(display_name())
