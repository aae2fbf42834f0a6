"""Every kind of fact; who imports this imports them all, and a check of a few files needs few."""

from __future__ import annotations

from typing import TypeAlias

from agentlint.facts.call_site import CallSite
from agentlint.facts.contract import InstructionContract
from agentlint.facts.exposure import Exposure
from agentlint.facts.hidden_text import HiddenText
from agentlint.facts.http_call import HttpCall
from agentlint.facts.instruction_import import InstructionImport
from agentlint.facts.library_override import LibraryOverride
from agentlint.facts.local_file import LocalFile
from agentlint.facts.mcp_reference import McpReference
from agentlint.facts.mention import ModelMention
from agentlint.facts.model_constant import ModelConstant
from agentlint.facts.named_model import NamedModel
from agentlint.facts.possible_call import PossibleCall
from agentlint.facts.record import Record
from agentlint.facts.reexport import Reexport
from agentlint.facts.repeated_key import RepeatedKey
from agentlint.facts.route import Route
from agentlint.facts.routing_order import RoutingOrder
from agentlint.facts.secret import DefaultCredential, SecretCandidate
from agentlint.facts.section import Link, MigrationBlock, RouteMove, Section, WayBackKey
from agentlint.facts.smoke_test import SmokeTest
from agentlint.facts.suppression import Suppression
from agentlint.facts.workflow import WorkflowStep

Fact: TypeAlias = (
    Route
    | RouteMove
    | ModelMention
    | NamedModel
    | SecretCandidate
    | DefaultCredential
    | Section
    | Link
    | WayBackKey
    | MigrationBlock
    | Suppression
    | LocalFile
    | HiddenText
    | CallSite
    | PossibleCall
    | ModelConstant
    | Reexport
    | LibraryOverride
    | WorkflowStep
    | RepeatedKey
    | Exposure
    | McpReference
    | HttpCall
    | RoutingOrder
    | SmokeTest
    | Record
    | InstructionContract
    | InstructionImport
)
