"""A call of a model as a program writes it, before facts are made of it."""

from __future__ import annotations

from msgspec import Struct

from agentlint.documents import Scalar
from agentlint.documents.code import Expression, PlacedCall
from agentlint.facts.imported_name import ImportedName
from agentlint.facts.programs.clients import Client
from agentlint.facts.route import ChosenFamily
from agentlint.facts.values.value import Value


class ModelCall(Struct, frozen=True):
    """One model call, before facts are made of it. `possibly` is the dotted name of what may be given an
    object in place of the model that it imports, "" where it is given a model."""

    placed: PlacedCall
    format: str
    chosen: ChosenFamily
    client: Client
    model: Value
    model_origin: Scalar | None
    model_defaults: tuple[Value, ...]
    model_import: ImportedName | None
    tools: Value
    effort: Value
    argument: Expression | None
    default_model: str = ""
    library: str = ""
    possibly: str = ""
    is_given: bool = False
