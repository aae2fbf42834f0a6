"""What is known of language models, behind one door: names, verdicts, families and ends."""

from __future__ import annotations

from agentlint.knowledge.describe import describe, known, matching_ids
from agentlint.knowledge.litellm import LitellmRoute, RequestShape, litellm_chat_route
from agentlint.knowledge.names import ModelName, parse_model
from agentlint.knowledge.retirements import Retirement, retirement
from agentlint.knowledge.served import Certainty, Evidence, families_served
from agentlint.knowledge.verdicts import (
    ToolsLimit,
    Verdict,
    chat_verdict,
    litellm_chat_verdict,
    tools_limit,
)

__all__ = [
    "Certainty",
    "Evidence",
    "LitellmRoute",
    "ModelName",
    "RequestShape",
    "Retirement",
    "ToolsLimit",
    "Verdict",
    "chat_verdict",
    "describe",
    "families_served",
    "known",
    "litellm_chat_route",
    "litellm_chat_verdict",
    "matching_ids",
    "parse_model",
    "retirement",
    "tools_limit",
]
