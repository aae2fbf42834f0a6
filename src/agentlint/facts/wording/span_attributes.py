"""Attributes of a trace that tell which model was asked or answered: they record a call, and choose nobody.

The names are those of OpenTelemetry (https://opentelemetry.io/docs/specs/semconv/registry/attributes/gen-ai/),
which Sentry takes too, of OpenInference
(https://arize-ai.github.io/openinference/spec/semantic_conventions.html), of the AI SDK
(https://ai-sdk.dev/docs/ai-sdk-core/telemetry), of OpenLLMetry before it took OpenTelemetry's
(https://github.com/traceloop/semantic-conventions) and of Datadog's tags, `openai.request.model`.
"""

from __future__ import annotations

from agentlint.text import Pattern

_QUOTES = "\"'`"
# No setting and no variable of a program is called so.
_UNMISTAKABLE = Pattern(
    r"(?:[\w-]{1,40}\.){0,4}(?:gen_ai\.(?:request|response)\.model"
    r"|(?:ATTR_)?GEN_AI_(?:REQUEST|RESPONSE)_MODEL"
    r"|\w{0,40}(?:Span|Semantic|Trace)\w{0,20}Attributes?\.\w{1,60})"
)
# Without quotes, `llm.model_name=` may be a setting, and `self.request.model =` a field.
_IN_QUOTES = Pattern(
    r"(?:llm|embedding|reranker)\.model_name|ai\.model(?:\.|_)id|ai\.response\.model"
    r"|(?:[\w-]{1,40}\.){1,4}(?:request|response)\.model"
)


def is_span_attribute(text: str, start: int, end: int) -> bool:
    """Whether the key from `start` to `end` is one by which a trace records a model."""
    if _UNMISTAKABLE.fullmatch(text, start, end):
        return True
    quote = text[start - 1 : start]
    in_quotes = bool(quote) and quote in _QUOTES and text.startswith(quote, end)
    return in_quotes and _IN_QUOTES.fullmatch(text, start, end) is not None
