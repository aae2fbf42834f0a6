"""Model IDs named in samples of code, and whether the samples put them to work."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Block, data_language
from agentlint.facts.detectors.model_ids import ModelMatch
from agentlint.facts.mention import ModelMention, Position, Stance
from agentlint.facts.source import Source
from agentlint.facts.suppression import without_suppressions
from agentlint.facts.wording import fences
from agentlint.facts.wording.announcements import (
    begins_example,
    condemns,
    disowns,
    heads_ban,
    is_counter_example,
    leads_to_fixture,
    leads_to_log,
    leads_to_report,
    mentions_ban,
    says_example_only,
    shows_form,
)
from agentlint.facts.wording.assignments import Place, assignment, is_one_form
from agentlint.facts.wording.choices import is_one_client
from agentlint.facts.wording.clients import around_call
from agentlint.facts.wording.code_lines import COMMENT, SHELL_COMMENT, Line
from agentlint.facts.wording.fence_hosts import (
    GivenTo,
    called_with,
    calls_elsewhere,
    calls_vertex,
    given_to_calls,
    given_to_command,
    is_routed,
)
from agentlint.facts.wording.lead_ins import bare_label
from agentlint.facts.wording.mention_context import Context
from agentlint.facts.wording.mention_places import mention_at
from agentlint.facts.wording.orders_vocabulary import head_pattern
from agentlint.facts.wording.sample_variables import who_answers
from agentlint.facts.wording.samples import (
    bans_in_comment,
    first_test,
    forms_in,
    has_request,
    is_expected,
    is_form,
    is_marked_wrong,
    is_of_rows,
    is_to_be_chosen,
    shows_json,
)
from agentlint.knowledge.served import default_provider
from agentlint.text import Pattern, Span, Spans

# How far above an ID the comment may stand that says what is wrong with the code.
_LONGEST_PARAGRAPH = 1_000
_MOST_LINES_ABOVE = 10
_RESPONSE = Pattern(r"\"(?:choices|usage|finish_reason|object|stop_reason|prompt_tokens)\"\s{0,8}:")
_OUTPUT = Pattern(
    r"\b(?:outputs?|prints?|printed|returns?|returned|respon(?:ds?|ses?)|results?|repl(?:y|ies))\b",
    re.IGNORECASE,
)
# A label that says nothing else, below which a sample of no language is what was printed.
_OUTPUT_ALONE = Pattern(
    r"(?:(?:expected|sample|example|success(?:ful)?|error|actual|typical|console|terminal|command|program"
    r"|tool|log|startup|server) ){0,2}(?:outputs?|responses?|results?|repl(?:y|ies)|logs?)",
    re.IGNORECASE,
)
# Commands below a form make the sample a script.
_FORMS_IN_PARTS = fences.FORMS - fences.COMMANDS
# What only a thing that runs, or that has run, can tell of itself.
_STATE = Pattern(
    r"\"(?:pid|uptime(?:_\w{1,10})?|(?:total|completion|input|output)_tokens|(?:latency|duration"
    r"|elapsed)_?\w{0,10}|(?:analy[sz]ed|completed|executed|extracted|finished|generated|logged|processed"
    r"|recorded)_at)\""
    r"\s{0,8}:"
)
# What a sample of no language may show to be run.
_COMMAND = Pattern(r"^[ \t]{0,40}(?:\$|export|curl|sudo)[ \t]|[ \t]--?[a-z]", re.MULTILINE)
_IMPORT = Pattern(
    r"^(?:from[ \t]{1,4}[\w.]{1,80}[ \t]{1,4})?import[ \t]{1,4}[\w{*\"']", re.MULTILINE
)

_NONE = Spans(())


class _Sample(Struct, frozen=True):
    """What a sample of code, and the text above it, say of all models in it.

    `silent` puts none to work (a drawing, an answer); `shown` is data that nobody runs where it stands;
    `disowned` is not to be written; `exemplary` only shows how, as its parts `forms` do. `starts` are the
    models by where they start, `tests` is where the first test begins, and `expected` are the models that
    an assertion expects.
    """

    text: str
    silent: bool
    shown: bool
    disowned: bool
    exemplary: bool
    forms: Spans
    starts: dict[int, str]
    tests: int
    expected: frozenset[str]

    @classmethod
    def of(cls, block: Block, found: Sequence[ModelMatch], context: Context) -> _Sample:
        text = without_suppressions(block.region.text)
        language = block.language or ("json" if shows_json(text) else "")
        shown = language in fences.SETTINGS or data_language(language) is not None
        return cls(
            text=text,
            silent=language in fences.SILENT or _is_output(block, text, context, language),
            shown=shown,
            disowned=is_disowned(block, context),
            exemplary=_is_exemplary(block, text, context, shown=shown),
            forms=forms_in(text, context.lead_in) if block.language in _FORMS_IN_PARTS else _NONE,
            starts={model.start: model.id for model in found},
            tests=first_test(text),
            expected=frozenset(m.id for m in found if is_expected(text, m.start)),
        )

    def stance(self, place: Place) -> Stance:
        """What it does with a model that it assigns."""
        if self.silent or place.model.id in self.expected:
            return Stance.NEUTRAL
        if self.disowned or _is_disowned_at(place):
            return Stance.PROHIBITED
        is_shown = (
            self.exemplary
            or place.model.start > self.tests
            or is_one_form(place, self.starts)
            or is_to_be_chosen(self.text, place.model.end, place.line.end)
            or is_one_client(self.text, place.model.start)
            or self.forms.any_contains(Span(place.model.start, place.model.start))
        )
        return Stance.EXAMPLE if is_shown else Stance.ASSIGNED


def code_mentions(
    block: Block, found: Sequence[ModelMatch], context: Context, source: Source
) -> Iterator[ModelMention]:
    """The models that a fence or indented code names."""
    sample = _Sample.of(block, found, context)
    text = sample.text
    elsewhere = {vendor: calls_elsewhere(text, vendor) for vendor in {m.vendor for m in found}}
    comments = SHELL_COMMENT if block.language in fences.COMMANDS else COMMENT
    answering = who_answers(text, comments)
    line = Line()
    for model in found:
        line = line if model.start < line.end else Line.at(text, model.start, comments)
        place = Place(text, block.language, line, model)
        position = Position.COMMENT if line.comment <= model.start else Position.CODE_FENCE
        assigned = assignment(place)
        stance = sample.stance(place) if assigned else Stance.NEUTRAL
        key = (assigned["key"] or assigned["flag"] or assigned["call"] or "") if assigned else ""
        called = called_with(text, model.start, line.end)
        given = _given_to(text, model, key) if assigned else GivenTo()
        stated = answering.get(model.start, "") or given.provider
        provider = "" if stated == default_provider(model.id) else stated
        yield replace(
            mention_at(model, block.region, position, stance, source, key),
            provider=provider,
            elsewhere="azure" in model.provider_prefix.lower()
            or (not provider and elsewhere[model.vendor] and _calls_elsewhere_with(text, model))
            or (not provider and _is_at_vertex(text, model)),
            shown=sample.shown,
            host=called.host,
            at_ollama=called.is_ollama,
            given_to=given.names,
            reader=given.reader,
            routed=assigned is not None and is_routed(text, assigned.start()),
        )


def _given_to(text: str, model: ModelMatch, key: str) -> GivenTo:
    """What a sample gives a model to, by an option or by another `key`, if any."""
    if key.startswith("-"):
        return given_to_command(text, model.start, model.end)
    return given_to_calls(text, model.start)


def is_disowned(block: Block, context: Context) -> bool:
    """Whether what stands above a sample, or its first line, says that nobody is to write it."""
    text = without_suppressions(block.region.text)
    return disowns(context.lead_in, text) or context.above.forbid(block) or is_counter_example(text)


def _calls_elsewhere_with(text: str, model: ModelMatch) -> bool:
    """Whether a sample, which calls another host, does so with this model, if it has several clients."""
    parts = around_call(text, model.start)
    return not parts or any(calls_elsewhere(part, model.vendor) for part in parts)


def _is_at_vertex(text: str, model: ModelMatch) -> bool:
    """Whether a sample calls Vertex AI with a model of Google's whose prefix does not say who answers."""
    is_googles = model.vendor == "google" and not model.provider_prefix
    return is_googles and calls_vertex(text, model.start)


def _is_output(block: Block, text: str, context: Context, language: str) -> bool:
    """Whether a sample is what a model or a command answers, as its keys or the text before it say;
    `language` is that of the fence, or what the text shows."""
    if (language in fences.JSON and is_of_rows(text)) or (
        language in fences.ROWS and not has_request(text)
    ):
        return True
    if _may_be_answer(block, text) and _RESPONSE.search(text):
        return True
    if not block.language and any(
        _OUTPUT_ALONE.fullmatch(bare_label(label)) for label in (context.title, context.lead_in)
    ):
        return True
    # A heading such as "Response format" may be of a setting.
    is_led_to = context.lead_in != context.title and block.language in fences.PROSE
    if is_led_to and _leads_to_output(context.lead_in) and not _COMMAND.search(text):
        return True
    if language not in fences.ANSWERS:
        return False
    if context.asked or _STATE.search(text):
        return True
    return any(map(_tells_output, (context.title, context.lead_in)))


def _leads_to_output(lead_in: str) -> bool:
    return leads_to_report(lead_in) or leads_to_log(lead_in)


def _tells_output(label: str) -> bool:
    return bool(_OUTPUT.search(label) or _translated_output().search(label))


@cache
def _translated_output() -> Pattern:
    return Pattern(head_pattern("output"), re.IGNORECASE)


def _may_be_answer(block: Block, text: str) -> bool:
    """Whether a sample can be an answer by its language, or by the bracket that it begins with; a program
    that reads one names the same keys."""
    if block.language in fences.ANSWERS or block.language in fences.UNTYPED:
        return True
    lines = (line.strip() for line in text.splitlines())
    first = next((line for line in lines if line and not COMMENT.match(line)), "")
    return first.startswith(("{", "["))


def _is_exemplary(block: Block, text: str, context: Context, *, shown: bool) -> bool:
    """Whether a sample only shows how a model is set: what leads to it calls it an example, or it is a
    form to fill in."""
    lead_in = context.lead_in
    if any(map(says_example_only, {context.title, lead_in})):
        return True
    if leads_to_fixture(lead_in) or (block.language in fences.FORMS and is_form(text, lead_in)):
        return True
    if shown:
        return shows_form(lead_in)
    if lead_in == context.title:
        return False  # below a title of examples stands what to copy
    return _is_program(block, text) and begins_example(lead_in)


def _is_program(block: Block, text: str) -> bool:
    """Whether a sample is no shell's: by its language, or where it names none by what it imports."""
    if block.language:
        return block.language not in fences.COMMANDS
    return _IMPORT.search(text) is not None


def _is_disowned_at(place: Place) -> bool:
    """Whether the line above forbids what stands on this one, a comment behind it calls it wrong, or one
    further up in the same paragraph of code calls all of it wrong; in plain text, whether a heading does
    that it is indented below."""
    text, line, language = place.text, place.line, place.language
    if is_marked_wrong(text, place.model.end, line.end):
        return True
    first = max(0, line.start - _LONGEST_PARAGRAPH)
    above = text[first : line.start].splitlines()[-_MOST_LINES_ABOVE:]
    if above and COMMENT.search(above[-1]) and mentions_ban(above[-1]):
        return True
    if (not language or language in fences.PLAIN_TEXT) and _is_below_ban(
        above, text[line.start : line.end]
    ):
        return True
    comment = _comment(above)
    return condemns(comment) or any(map(bans_in_comment, comment.splitlines()))


def _is_below_ban(above: Sequence[str], line: str) -> bool:
    """Whether the last of the lines above that is less indented ends in a colon and forbids."""
    indent = _indent(line)
    heading = next((one for one in reversed(above) if one.strip() and _indent(one) < indent), "")
    return heads_ban(heading.strip())


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _comment(lines: Sequence[str]) -> str:
    """The last comment with lines of its own that no blank line parts from the end of `lines`."""
    found: list[str] = []
    for line in reversed(lines):
        is_comment = COMMENT.match(line.strip()) is not None
        if not line.strip() or (found and not is_comment):
            break
        if is_comment:
            found.insert(0, line)
    return "\n".join(found)
