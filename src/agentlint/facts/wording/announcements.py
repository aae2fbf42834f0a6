"""What a lead-in, a title or a comment says of the list or the sample that it announces: that nobody is to
do it so, that all of it is ordered, or that it only shows something.

What holds for all that stands below a label, whatever its kind, is told by `lead_ins`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import islice

from agentlint.facts.wording import announcement_words as words
from agentlint.facts.wording.code_lines import COMMENT
from agentlint.facts.wording.labels import tells_against
from agentlint.facts.wording.lead_ins import bare_label, is_ban
from agentlint.facts.wording.orders_vocabulary import (
    head_pattern,
    head_pattern_in_pieces,
    head_pattern_in_words,
    languages,
)
from agentlint.text import Pattern

_SIGNS_OF_WORDS = "*_`:：.,!()"
# An order stands at the end of what leads to a list, however long that is.
_LONGEST_ORDER = 2_000
# Each is looked for in every sample below a paragraph.
_MOST_NAMES = 20
_MARKS_BEHIND = " \t\r\n*_`)"


def disowns(lead_in: str, sample: str) -> bool:
    """Whether a lead-in says of the `sample` below it that nobody is to write it: by any sign or word of
    what is wrong, or by what it forbids, unless that is done with files and keys ("Never commit them."),
    it names code that the sample has none of, or the sample begins with what is right ("# Correct")."""
    if _calls_wrong(lead_in):
        return True
    forbidden = _forbidden_names(lead_in)
    if forbidden is None or _begins_right(sample):
        return False
    return not forbidden or any(name in sample for name in forbidden)


# A paragraph may stand above many samples.
@lru_cache(maxsize=8)
def _calls_wrong(lead_in: str) -> bool:
    said = words.CASE.sub("", lead_in)
    return words.SIGN_OF_WRONG.search(said) is not None or leads_to_wrong(lead_in)


@lru_cache(maxsize=8)
def _forbidden_names(lead_in: str) -> tuple[str, ...] | None:
    """The names that stand as code in the ban by which a lead-in may mean the sample below it, () where
    none does; None where it has no such ban. One that only adds to an order ("Use X, never Y"), or that the
    order for the sample follows ("Never X; use Y"), is none, and a statement ("Hooks never run twice")."""
    said = words.NO_BAN.sub("", words.CASE.sub("", _said_of_sample(lead_in)))
    if words.BEFORE.search(said) or words.BAN_OF_SAMPLE.search(said):
        return ()
    if not words.THE_SAMPLE.search(said):
        said = words.BAN_OF_ELSE.sub("", said)
    ban = words.BEGINS_BAN.match(said)
    if ban is None or words.ORDER_AFTER_BAN.search(said, ban.end()):
        return None
    sentence = words.NEXT_SENTENCE.search(said, ban.end())
    codes = words.CODE_SPAN.finditer(said, 0, sentence.start() if sentence else len(said))
    names = (name[0] for code in codes for name in words.NAME_IN_CODE.finditer(code[1]))
    return tuple(islice(names, _MOST_NAMES))


def _said_of_sample(lead_in: str) -> str:
    """What of a lead-in may be said of the sample below it: where it ends in a colon the last sentence,
    with those that it goes on with; else all of it."""
    text = lead_in.rstrip(_MARKS_BEHIND)
    if not text.endswith((":", "：")):
        return text
    start = 0
    for end in reversed([match.end() for match in words.NEXT_SENTENCE.finditer(text)]):
        if not words.GOES_ON.match(text, end):
            start = end
            break
    return text[start:]


def _begins_right(sample: str) -> bool:
    """Whether a sample begins with a comment that calls it right."""
    first = sample.lstrip().partition("\n")[0]
    begins = COMMENT.match(first) is not None and words.REDEEMS.match(first) is not None
    return begins and not mentions_ban(first)


def heads_ban(line: str) -> bool:
    """Whether a line of plain text ends in a colon and forbids what is indented below it."""
    return line.endswith((":", "：")) and (mentions_ban(line) or is_ban(line))


def mentions_ban(text: str) -> bool:
    """Whether any word or sign of a text forbids ("❌ Wrong", "Never do this:"); `lead_ins.is_ban` tells
    whether a label says nothing else."""
    return words.DISOWNS.search(text) is not None


def leads_to_wrong(lead_in: str) -> bool:
    """Whether a lead-in says of the sample below that nobody is to write it: "Instead of:", "Legacy
    code:", "The linter rejects:"."""
    label = bare_label(lead_in)
    return tells_against(label) or words.AGAINST_SAMPLE.fullmatch(label) is not None


def condemns(text: str) -> bool:
    """Whether a comment ("WRONG: loses its state", "Don't do this") calls the code below it wrong;
    one that forbids something else ("Never commit this file") does not."""
    return words.CONDEMNS.search(text) is not None


def is_counter_example(sample: str) -> bool:
    """Whether the first line of a code sample calls all of it wrong, with nothing in it that is right."""
    first = sample.lstrip().partition("\n")[0]
    labelled = COMMENT.match(first) is not None and condemns(first)
    return labelled and words.REDEEMS.search(sample) is None


def orders(text: str) -> bool:
    """Whether a lead-in ("Use the following models:") orders what follows it."""
    said = text[-_LONGEST_ORDER:]
    ordered = words.LEAD_IN.search(said) or words.LIST_BELOW.search(said)
    return ordered is not None and not mentions_ban(text)


def orders_list(text: str) -> bool:
    """Whether a paragraph orders what is listed below it, however many items or headings that has: it ends
    in a colon, or says that it means what follows."""
    said = text[-_LONGEST_ORDER:]
    leads = said.rstrip().endswith(":") or words.LIST_BELOW.search(said) is not None
    return leads and orders(text)


def titles_routing(text: str) -> bool:
    """Whether a heading says nothing but that models are given their work below: "2. Model routing"."""
    return words.ROUTING.fullmatch(text) is not None


def titles_lock(text: str) -> bool:
    """Whether a heading says that the models named below it are to stay: "Model names (LOCKED)"."""
    return words.LOCKED.fullmatch(text) is not None


def shows_form(text: str) -> bool:
    """Whether a lead-in ("Example:", "The structure of `llm.json`:") says of what follows that it only
    shows the form; one that orders it as well ("Write this, for example:") does not."""
    *_, last = words.SENTENCE_END.split(text.rstrip())
    return bool(words.FORM.search(last) or _translated_form().search(last)) and not _is_to_do(last)


def begins_example(text: str) -> bool:
    """Whether the last line of a lead-in ("Example of an agent:") calls what follows one, and does not
    order it as well."""
    *_, last = text.rstrip().rsplit("\n", 1)
    return bool(words.EXAMPLE.match(last) or _translated_example().match(last)) and not _is_to_do(
        last
    )


@lru_cache(maxsize=8)
def says_example_only(text: str) -> bool:
    """Whether a heading or lead-in says of what follows that it is an example and nothing more, or that
    others are to stand in its place ("The models below MUST be replaced by your own")."""
    return words.EXAMPLE_ONLY.search(text) is not None


@cache
def _translated_form() -> Pattern:
    return Pattern(head_pattern("example", "form"), re.IGNORECASE)


@cache
def _translated_example() -> Pattern:
    return Pattern(rf"{words.MARKS_BEFORE}(?:{head_pattern('example')})", re.IGNORECASE)


def _is_to_do(text: str) -> bool:
    """Whether a lead-in orders what it calls an example, in any language."""
    if words.TO_DO.search(text):
        return True
    said = {word.strip(_SIGNS_OF_WORDS) for word in text.lower().split()}
    return any(not language.imperatives.isdisjoint(said) for language in languages())


def shows_sample(text: str) -> bool:
    """Whether a heading or lead-in says that what follows is a sample of what people or tools write."""
    return "ample" in text.lower() and words.SAMPLE.search(text) is not None


def leads_to_fixture(lead_in: str) -> bool:
    """Whether a lead-in says that a sample shows what a test works with: "The test fixture looks like
    this:"."""
    return words.FIXTURE.fullmatch(bare_label(lead_in)) is not None


def leads_to_report(lead_in: str) -> bool:
    """Whether a lead-in says that what follows is the form of what the reader is to say, or show to
    somebody: "Report in this format:", "Show the user exactly what will change:"."""
    label = bare_label(lead_in)
    return bool(words.REPORT.fullmatch(label) or _translated_report().fullmatch(label))


def leads_to_log(lead_in: str) -> bool:
    """Whether a lead-in says that what follows is what a program prints: "You'll see logs like:"."""
    return words.LOG.fullmatch(bare_label(lead_in)) is not None


@cache
def _translated_report() -> Pattern:
    says, form = head_pattern_in_pieces("report"), head_pattern_in_pieces("format")
    return Pattern(
        rf"{head_pattern_in_words('report')}.{{0,60}}{head_pattern_in_words('format')}.{{0,60}}"
        rf"|.{{0,40}}{head_pattern_in_words('report_format')}.{{0,60}}"
        rf"|.{{0,60}}(?:{says}.{{0,20}}{form}|{form}.{{0,12}}{says}).{{0,60}}",
        re.IGNORECASE,
    )
