"""The English words and marks by which a clause orders a model, forbids it or only speaks of it."""

from __future__ import annotations

import re

from agentlint.facts.wording.signs import CROSSES, TICKS
from agentlint.text import Pattern

_WHO = r"(?:(?:the|your|our|all|every|each|any)\s+)?(?:[a-z][\w-]{0,20}\s+){1,2}?"
ORDER_VERBS = (
    r"(?:use|keep\s+using|default\s+to|switch(?:\s+back)?\s+to|set|choose|pick|select|prefer|route|run"
    r"|call|invoke|pin|specify|pass|target|assign|delegate|send|configure|request|spawn|launch"
    r"|start|stick\s+(?:to|with))"
)
# With one of these, what follows "for" or "when" has a verb of its own: "for tests that call X".
_CLAUSE_WORDS = (
    r"(?:that|which|who|whose|where|when|if|you|we|they|it|users?"
    r"|can|could|may|might|will|would|should|must)"
)
# What calls wrong whatever stands behind its colon or dash: "🚫 **Never do:** use X".
_WRONG_LABEL = (
    r"(?:bad|wrong|incorrect|mistake|pitfall|anti-?pattern|avoid|forbidden|prohibited|rejected"
    r"|(?:don['’]t|do\s+not|never)(?:\s+do(?:\s+this)?)?|don['’]ts|not(?:\s+(?:allowed|recommended))?)"
)
_LABEL_END = r"[*_]{0,3}(?::|\s[—–]\s)"
# What a label calls a model, and what is done to one that is to stay.
MODEL_LABEL = (
    r"(?:(?:the|our|your|this|its|default|primary|main|production|llm|ai|chat)\s{1,4}){0,3}"
    r"(?:models?|llm)(?:\s{1,4}(?:names?|ids?|identifiers?|strings?|versions?|settings?))?"
)
_CHANGE = (
    r"(?:chang(?:e|ed|ing)|alter(?:ed)?|modif(?:y|ied)|replaced?|swap(?:ped)?|switch(?:ed)?"
    r"|touch(?:ed)?)"
)
_NEVER = r"(?:do\s{1,4}not|don['’]t|never|must\s{1,4}not|must\s{1,4}never|should\s{1,4}not)"
# "Never use any model other than X", "Don't forget to set X", "Do not change the model from X": an order
# for all its "never".
_ONLY_CUE = rf"""
    \b{_NEVER}\s+(?:ever\s+)?{_CHANGE}\s+{MODEL_LABEL}(?:(?:\s+away)?\s+from\b|\s*[*_]{{0,3}}:|\s*\()
  | \b(?:do\s+not|don['’]t|never|must\s+not|should\s+not)\s+(?:
        forget\s+to\s+(?:use|set|call|choose|pick|select|run|switch\s+to)
      | (?:use|set|call|choose|pick|select|run|switch\s+to)
        \s+(?:anything|any\s+(?:other\s+)?models?|(?:an)?other\s+models?|models?)
        \s+(?:except|but|other\s+than|besides))\b
"""
# "❌ X", "🚫 **Never do:** use X", "Wrong: X"
_WRONG_CUE = rf"""
    [{CROSSES}](?:
        [\W_]{{0,12}}+(?:{_WRONG_LABEL}|(?:never|don['’]t|do\s+not|avoid)\s[^.,;:!?`\d]{{1,40}})
        {_LABEL_END})?
  | ^[\W_]{{0,12}}+{_WRONG_LABEL}{_LABEL_END}
"""
_BAN_CUE = rf"""
    \b(?:
        # "Never, under any circumstances,"
        (?:never|do\s+not|don['’]t|must\s+not)(?:\s+ever)?,
        \s(?:under\s+any\s+circumstances|for\s+any\s+reason|ever),
        # "must not", "nobody may", "avoid"
      | never|do\s+not|don['’]t|must\s+not|mustn['’]t|should\s+not|shouldn['’]t|cannot|can['’]t
      | need\s+not|needn['’]t|won['’]t
      | (?:nobody|no\s+one|no\s+agent)\s+(?:should|must|may|shall|can|needs?\s+to|has\s+to|is\s+to)
      | avoid|refuse\s+to|forbidden|prohibited
        # "instead of", "replaces", "deprecated"
      | no\s+longer|stop|not\s+to|instead\s+of|rather\s+than|in\s+place\s+of|not|no|without
      | replaces?|replacing|unlike|deprecat\w{{1,4}}|remov(?:e|ed|ing)|legacy
    )(?:(?<=,)|\b)
    # What may follow before the name: "never *ever call the* X"
    (?:\s+(?:ever|hard-?code|{ORDER_VERBS}|using|calling|relying\s+on|defaulting\s+to|the|a|any
       |(?:need|have|try|want|required|supposed|allowed|reason)\s+to|point\s+in|circumstances
       |(?:should|may|must|can)\s+(?:you|we|agents?|anyone))\b){{0,3}}
"""
# "such as X", "defaults to X", "was X", "If you prefer, use X"
_NEUTRAL_CUE = rf"""
    \b(?:(?P<example>e\.g\.?|i\.e\.?|eg|for\s+example|for\s+instance|such\s+as|like|including)|examples?
       |defaults(?:\s+to)?|default(?!\s+to\b|[,;])(?:\s+(?:is|value|model))?
       |supports?|supported|available|compatible|named?|called|formerly|previously|similar\s+to
       |was|were|can|could|may|might|tested|optionally|optional
       |if\s+(?:you\s+)?(?:want|need|prefer|like)|alternatively|either)\b
    (?:\.?,?\s+{ORDER_VERBS}\b)?
"""
_ORDER_CUE = rf"""
    (?:
        # Where the verb of an order may stand: first in its clause, behind a label or a dash,
        ^|(?<=\n)(?=(?-i:[A-Z]))|(?<=[,:;(]\s)|(?<=:\*\*\s)|(?<=:__\s)|(?<=[—–→]\s)|(?<=\s-\s)
        # behind "must" and the like,
      | \b(?:must|should|shall|always|please|then|need\s+to|needs\s+to|has\s+to|have\s+to|only|and
           |required\s+to|make\s+sure\s+to|be\s+sure\s+to|(?:make\s+sure|ensure)\s+(?:that\s+)?you)
        \s+(?:also\s+|always\s+|only\s+|be\s+)?
        # behind what it is ordered for, "For reviews," or "When in doubt,", or behind a tick.
      | ^(?:(?:for|in|during|on|with)(?!\s+no\s+(?:case|event|way|account|circumstances?|situation)\b)
          |(?:when|if|while)\s+(?:(?:in\s+)?doubt|unsure|uncertain|stuck|possible|needed|necessary
             |\w{{1,20}}ing))
        (?:\s+(?!{_CLAUSE_WORDS}\b)[^\s,]{{1,40}}){{0,12}}?(?<!\bto),?\s
      | [{TICKS}]\s{{1,3}}
    )(?-i:DO\s+)?(?:(?:configure|set\s+up)\s+{_WHO}to\s+(?:always\s+|only\s+)?use|{ORDER_VERBS})\b
    # "must be reviewed by X", "should go to X"
  | \b(?:must|should|shall)\s+(?:always\s+|only\s+)?
    (?:be\s+(?:done|performed|handled|reviewed|written|executed|made|judged|planned)\s+(?:only\s+)?
         (?:by|with|on)
      |go\s+to)\b
  | \b(?:must|should|shall)\s+(?:always\s+)?(?:be|stay|remain|run\s+on|be\s+set\s+to|be\s+routed\s+to)\b
    # "Ensure that every request uses X"
  | (?:^|\b(?:must|always|please)\s+)(?:make\s+sure|ensure)\s+(?:that\s+)?{_WHO}
    (?:always\s+|only\s+)?uses?\b
    # "export OPENAI_MODEL=X", "escalate to X", "Hand reviews to X", "Preferred model: X"
  | ^export\s+[`$]{{0,2}}[A-Z][A-Z0-9_]{{1,60}}=
  | ^(?:escalate|fall\s+back)(?:\s+\w{{1,20}}){{0,4}}?\s+to\b
  | (?:^|\b(?:always|please)\s+)hand(?:\s+[\w-]{{1,20}}){{0,5}}?\s+to\b
    # "If it fails, fall back to X", "Retry once with X": what somebody else does stands behind a name.
  | (?:^|\b(?:must|should|shall|always|please)\s+
      |^(?:if|when|whenever|on|upon|after|in\s+case)\b[^,.;:\n]{{1,80}},\s+)
    (?:fall\s+back\s+to|retry(?:\s+(?:once|again|it|them|the\s+\w{{1,20}})){{0,2}}\s+(?:with|on|using))\b
    # "Make sure the model is X", "Keep the model at X", "We prefer to use X"
  | (?:^|\b(?:must|always|please)\s+|(?<=,\s))(?:make\s+sure|ensure)\s+(?:that\s+)?{MODEL_LABEL}
    \s+(?:is|stays|remains)(?:\s+(?:always|set\s+to)){{0,2}}(?=[\s`*_"'“]{{1,6}}\Z)
  | (?:^|\b(?:must|always|please)\s+)keep\s+{MODEL_LABEL}(?:\s+(?:at|as|on|set\s+to))?
    (?=[\s`*_"'“:=]{{1,6}}\Z)
  | \bwe\s+(?:strongly\s+|always\s+)?prefer(?:\s+to\s+use|\s+using)?(?=[\s`*_"'“]{{1,6}}\Z)
  | \b(?:preferred|required|mandatory|mandated)\s+model\b
  | \bmodel\s+(?:preference|to\s+use|requirement)\b
  | [{TICKS}]
"""
CUES = Pattern(
    rf"(?P<only>{_ONLY_CUE})|(?P<wrong>{_WRONG_CUE})|(?P<prohibited>{_BAN_CUE})"
    rf"|(?P<neutral>{_NEUTRAL_CUE})|(?P<directive>{_ORDER_CUE})",
    re.VERBOSE | re.IGNORECASE,
)
# Of what forbids a name, what forbids its kind as well: "not" and "replace" may be said of anything.
FLAT_BAN = Pattern(
    r"never|do\s+not|don['’]t|must|should|avoid|refuse|forbidden|prohibited|nobody", re.IGNORECASE
)
AFTER_FORBIDS = Pattern(
    r"[\s`*\"')]{0,6}(?:is|are|was|has\s+been|must|should)\s+(?:strictly\s+)?"
    r"(?:deprecated|forbidden|banned|retired|removed|prohibited|disallowed|unsupported|not\b"
    r"|never\b|no\s+longer)",
    re.IGNORECASE,
)
CROSS = Pattern(f"[{CROSSES}]")
# What may stand between an order and the model ordered: articles, marks, other models, "the model",
# or anything that leads to the model by a preposition.
OBJECT = Pattern(
    r"""(?:
        [\s`*_"'“”:;=,/()|&+<>~→-]
      | \b(?:the|a|an|our|your|only|exactly|either|both|latest|new|current|stable|model|models|alias
           |small|large|fast|cheap|(?:openai|anthropic|google|deepseek|mistral|meta|xai)(?:['’]s)?
           |id|version|named|explicitly|instead|always|by|default|also|and|or|then|strictly
           |nothing\s+but)\b
      | \x00
    ){0,60}""",
    re.VERBOSE | re.IGNORECASE,
)
# "Use this template when you call it via X", "Send at most 20 images to X": X is not ordered.
ELSEWHERE = Pattern(
    r"\b(?:when|whenever|if|that|which|where|while|because|since|who|until|unless|whether)\b"
    r"|\b(?:at\s+most|at\s+least|no\s+more\s+than|up\s+to|fewer\s+than|less\s+than|more\s+than)\s+\d",
    re.IGNORECASE,
)
# "`X` fixtures", "`X`-compatible", "(`X`: 2.5)", "(X is cheapest)": what is said is said of something
# else, or of X itself.
MODIFIES = Pattern(
    r"[`*_\"'’”)]{0,4}(?:"
    r":[`*_]{0,3}\s{0,3}[$€£]?\d"
    r"|-(?:compatible|like|style|specific|aware|shaped|flavou?red|format(?:ted)?)\b"
    r"|\s{1,4}in\s{1,4}(?:the|an?|your|each|every|all)\s{1,4}(?:\w{1,20}\s{1,4})?"
    r"(?:fixtures?|mocks?|stubs?|cassettes?)\b"
    r"|\s{1,4}behind\s{1,4}(?:the\s{1,4}alias\b|`)"
    r"|\s{1,4}(?:compatible|fixtures?|responses?|tokens?|tokeni[sz]ers?|tests?|prices?|pricing|costs?"
    r"|cassettes?|mocks?|stubs?|logs?|outputs?|snapshots?|limits?|quotas?|errors?|keys?"
    r"|credentials?|parameters?|settings?|options?|headers?"
    r"|is|are|was|were|has|had|costs|supports|expects|returns|offers)\b)",
    re.IGNORECASE,
)
# "Use X for plans and Y for code": what stands between the order and the second name.
ANOTHER_FOR = Pattern(
    r"\A[\s`*_]{0,6}(?:\x00[\s`*_]{1,6}for\s[^\x00.;:]{1,60}?(?:[,;]|,?\s(?:and"
    r"|or))\s{1,3}[`*_]{0,3}){1,3}[\s`*_]{0,6}\Z",
    re.IGNORECASE,
)
FOR = Pattern(r"[`*_]{0,4}\s{1,4}for\b", re.IGNORECASE)
ASKED = Pattern(
    r"[\s`*_]{0,6}(?:always\s{1,4})?(?:(?P<verb>ask|have|let|keep)\s{1,4})?(?:the\s{1,4}model\s{1,4})?[\s`*_]{0,6}",
    re.IGNORECASE,
)
# "Default model: X (not Y)", "X is the default. Do not change it": such a model is to stay.
LABELLED = Pattern(
    rf"[\W_]{{0,12}}+(?:{MODEL_LABEL}|we\s{{1,4}}(?:always\s{{1,4}}|only\s{{1,4}})?use)"
    r"(?:\s{1,4}\([^()\n]{1,40}\))?(?:[*_]{0,3}\s{0,2}[:=][*_]{0,3}|\s{1,4}(?:name\s{1,4})?is\b|(?<=\buse)(?=\s))"
    r"[\s`*_\"'“]{1,6}\Z",
    re.IGNORECASE,
)
IS_DEFAULT = Pattern(
    r"[`*_\"'”)]{0,5}\s{1,3}is\s{1,3}(?:the|our|this\s{1,3}project['’]s)\s{1,3}(?:only\s{1,3}|default\s{1,3}"
    r"|main\s{1,3}|primary\s{1,3}){0,2}(?:default|model|llm)\b",
    re.IGNORECASE,
)
IS_LOCKED = Pattern(
    r"[`*_\"'”]{0,5}\s{0,3}[(—–-]\s{0,2}(?:not|never|and\s{1,4}not)\s{1,4}(?:the\s{1,4})?[`*_\"'“]{0,4}[a-z][a-z./-]{0,30}\d"
    rf"|[^\n]{{0,160}}?(?:[.!?;,(—–-][\s*_]{{0,4}}|\b(?:please|and|it)\s{{1,3}})(?:please\s{{1,3}})?{_NEVER}\s{{1,3}}"
    rf"(?:ever\s{{1,3}})?(?:be\s{{1,3}})?{_CHANGE}\b"
    rf"(?:\s{{1,3}}(?:it|this|that|{MODEL_LABEL})\b|\s{{0,2}}[.!)]|\s{{0,2}}\Z)",
    re.IGNORECASE,
)
LOCKED_LABEL = Pattern(
    rf"\((?:locked|fixed|frozen|pinned|{_NEVER}\s{{1,4}}(?:be\s{{1,4}})?{_CHANGE})\b[^()\n]{{0,40}}\)",
    re.IGNORECASE,
)
MUST_BE_USED = Pattern(
    r"[`*_]{0,4}\s{1,4}(?:must|should|shall)\s{1,4}(?:always\s{1,4}|only\s{1,4})?be\s{1,4}used\b",
    re.IGNORECASE,
)
FOR_OR_TO = Pattern(r"[`*_]{0,4}\s{1,4}(?:for|to)\b", re.IGNORECASE)
# "Keep X for reference" keeps a name in a list.
FOR_WORK = Pattern(
    r"[`*_]{0,4}\s{1,4}as\s{1,4}the\s{1,4}(?:\w{1,20}\s{1,4})?model\b"
    r"|[`*_]{0,4}\s{1,4}for\s{1,4}(?!(?:\w{1,20}\s{1,4})?(?:references?|(?:backwards?|legacy|old|older"
    r"|existing|historical|history|comparisons?|documentation|docs|completeness|examples?|tests?|testing"
    r"|compat\w{0,10}|now)\b))",
    re.IGNORECASE,
)
ACTS = Pattern(
    r"[`*_]{0,4}\s{1,4}(?:review|check|verify|write|draft|plan|do|judge|critique|audit"
    r"|summari[sz]e|handle|test)\b",
    re.IGNORECASE,
)
# What a request holds, and how it is put: nobody but the model is given these, "Use XML tags with X".
_PART_OF_REQUEST = (
    r"(?:(?:the|a|an|only|short(?:er)?|long(?:er)?|low(?:er)?|high(?:er)?|native|parallel|adaptive|extended|few-shot"
    r"|cache|prompt|system|developer|user|tool|function|xml|json|markdown|pdf|image|structured|strict|explicit"
    r"|`[a-z_]{1,24}`)\s{1,4}){0,3}"
    r"(?:tags?|delimiters?|headings?|prompts?|examples?|breakpoints?|citations?|roles?|input|temperature|schemas?"
    r"|budgets?|(?:tool|function)\s{1,4}calls?|thinking|messages?|instructions?)"
)
# "Use streaming with X": a feature or a parameter of calls is ordered.
FEATURE = Pattern(
    r"\s{1,4}(?:(?:the|a|an|prompt|extended|function|tool|json|structured|context)\s{1,4}){0,2}"
    r"(?:[`*]{0,3}(?:max|top|presence|frequency|reasoning|response|tool|parallel|stop|prompt|cache"
    r"|thinking|service|previous)_[a-z_]{1,30}(?:\s{0,2}[=:]\s{0,2}[\w.\"']{1,20})?[`*]{0,3}"
    r"|[`*]{0,3}temperature(?:(?:\s{1,4}(?:of|to)|\s{0,2}[=:])?\s{0,4}\d[\d.]{0,4})?[`*]{0,3}"
    rf"|{_PART_OF_REQUEST}"
    r"|(?:non-)?streaming|caching|thinking|reasoning|batching|calling|outputs?|mode"
    r"|(?:responses|messages|chat\s{1,4}completions|batch|completions)\s{1,4}api)"
    r"\s{1,4}(?:with|on|for|via|through)[\s`*_\"'“(]{1,6}",
    re.IGNORECASE,
)
# "Only use X if someone approves it": what is allowed then is not ordered.
BY_LEAVE = Pattern(
    r"[`*_\"'’”)]{0,4}\s{1,4}(?P<only>only\s{1,4})?(?:if|when|once|after|with)\s[^.;\n]{0,60}?"
    r"\b(?:approv(?:e[sd]?|al)|permission|consent|sign-?off|asks|asked|requested|told|instructed|agree[sd]?"
    r"|allow(?:s|ed)|confirm(?:s|ed|ation))\b",
    re.IGNORECASE,
)
ONLY = Pattern(r"\bonly\b", re.IGNORECASE)
# "Use the trailer `Assisted-by: Codex:X`": what a commit says of who wrote it.
TRAILER = Pattern(
    r"\b[A-Za-z]{2,20}(?:-[A-Za-z]{2,12}){0,2}-by\b[\s`*_]{0,3}:[^\n,;]{0,48}\Z", re.IGNORECASE
)
# "Use `X` as a placeholder model name in fixtures", "pass X to the fake client": nobody calls such a model.
STANDS_IN = Pattern(
    r"[`*_\"'’”)]{0,4}\s{1,4}(?:"
    r"(?:to|with|into|in)\s{1,4}(?:the|an?|your|our)\s{1,4}(?:fake|mock(?:ed)?|stub(?:bed)?|dummy)\s{1,4}"
    r"(?:model|client|server|provider|api|llm|backend|transport|response|fixture)s?\b"
    r"|as\s{1,4}(?:(?:the|an?|your|our|its)\s{1,4})?(?:model\s{1,4})?(?:"
    r"(?:placeholder|dummy|fake|mock|stub)\b"
    r"|(?:example|sample)(?:\s{1,4}(?:model|name|id|value|string)){0,2}"
    r"(?=[`*_\"')]{0,3}(?:[.,;:!]|\s{0,4}\Z|\s{1,4}(?:in|for|throughout|of|across)\b))))",
    re.IGNORECASE,
)
# "Use `claude-opus-4-6`, not `Claude Opus 4.6`": how a name is spelled, or whether it has its prefix.
NOT_SPELLED = Pattern(
    r"[`*_\"'’”)]{0,4},?\s{1,3}(?:and\s{1,3})?(?:not|never|instead\s{1,3}of|rather\s{1,3}than)\s{1,3}"
    r"[`*_\"'“]{0,4}(?P<other>(?:[^`*\"”',;:.!?()\n]|\.(?=\d)|:(?=\w)){2,60})",
    re.IGNORECASE,
)
PREFIXED = Pattern(r"[\w.-]{1,40}[:/]")
BARE_NAME = Pattern(
    r"(?:an?\s{1,3}|the\s{1,3})?(?:bare|plain|unprefixed|unqualified)\s{1,3}(?:model\s{1,3})?(?:names?|ids?)\b",
    re.IGNORECASE,
)
# "Code that must use X lives in `legacy/`": the clause says something of that code.
RELATIVE = Pattern(r"\b(?:that|which|who)\s{1,4}\Z", re.IGNORECASE)
SAYS_ON = Pattern(
    r"[`*_\"'’”)]{0,4}\s{1,4}(?:lives?|belongs?|goes|go|stays?|sits?|resides?|must|should|shall|will|needs?"
    r"|can|may|cannot|gets?|requires?|have|do|does)\b",
    re.IGNORECASE,
)
# Who is told to hold a model is the table that maps aliases to models, where it belongs.
ROUTE_TABLE = Pattern(
    r"(?:the\s{1,4})?(?:(?:(?:route|model|gateway)\s{1,4})?alias(?:es)?|routes?|route\s{1,4}tables?"
    r"|gateway(?:\s{1,4}(?:config|routes?))?)(?:\s{1,4}`[^`\n]{1,80}`)?\s{1,4}"
    r"|`[\w./-]{0,60}(?:route|gateway|litellm|proxy)[\w-]{0,40}\.(?:ya?ml|json|toml)`\s{1,4}",
    re.IGNORECASE,
)
OPTIONAL = Pattern(
    r"if\s+(?:you\s+)?(?:want|prefer|like)\b|alternatively|optionally", re.IGNORECASE
)
# What someone says or writes: "If the user says: use X", "Commit message: feat: use X".
SAYS = Pattern(
    r"\b(?:says?|said|saying|wrote|typed|tells\s{1,4}you)\s{0,3}[,:][*_\s]{0,4}\Z", re.IGNORECASE
)
SPEAKER = Pattern(
    r"(?:user|human|customer|assistant|(?:example\s+|sample\s+)?prompt|input|question"
    r"|(?:(?:commit|pr|pull\s+request|issue)\s+)?(?:messages?|titles?|subjects?))[*_]{0,3}:",
    re.IGNORECASE,
)
# "⚠️ **Ask first:** switch to X"
ASKS_FIRST = Pattern(
    r"[\W_]{0,12}+(?:confirm\s{1,4}first"
    r"|ask\s{1,4}(?:(?:a\s{1,4}human|the\s{1,4}user|us)\s{1,4})?(?:first|before(?:hand|\s{1,4}you)?)"
    r"|(?:needs?|requires?|with|only\s{1,4}with)\s{1,4}(?:\w{1,20}\s{1,4}){0,2}"
    r"(?:approval|permission|confirmation)(?:\s{1,4}(?:first|to|for|before))?)"
    r"[*_]{0,3}(?::|\s{1,4}[—–]\s)",
    re.IGNORECASE,
)
# "TODO(ann): use X", "Later: use X"
PUTS_OFF = Pattern(
    r"[\W_]{0,12}+(?:todos?|to-do|fixme|later(?:\s{1,4}on)?|ideas?|someday|some\s{1,4}day|maybe|wish"
    r"|nice\s{1,4}to\s{1,4}have)[*_]{0,3}(?:\s{0,2}\([^()\n]{1,40}\))?[*_]{0,3}(?::|\s{1,4}[—–]\s)",
    re.IGNORECASE,
)
# "Never assume that the project must use X"
SUPPOSES = Pattern(
    rf"\b(?:{_NEVER}|should\s{{1,4}}never|cannot|can['’]t)\s{{1,4}}(?:ever\s{{1,4}})?"
    r"(?:assume|presume|suppose|believe|think|conclude|infer|imply|claim|suggest|pretend|expect)\b"
    r"[^,:;(—–]{0,80}\Z",
    re.IGNORECASE,
)
# "**User override**: set X", "Optional: set X", "To override, set X": whoever wants to, may.
_LEFT_TO_USERS = (
    r"(?:(?:user|manual|local|optional|custom)\s{1,4}){1,2}overrides?|opt-?(?:in|out)"
    r"|optional(?:ly)?"
)
LEAVES = Pattern(
    rf"[\W\d_]{{0,12}}+(?:(?:{_LEFT_TO_USERS})(?:\s{{0,2}}\([^()\n]{{1,40}}\))?{_LABEL_END}"
    r"|to\s{1,4}(?:override|opt\s{1,4}(?:in|out)|customi[sz]e)\b[^,.:;\n]{0,60}[,:])",
    re.IGNORECASE,
)
# An entry of a log: "2026-03-01: Use X".
DATED = Pattern(r"[\W_]{0,12}\d{4}-\d\d-\d\d[\W_]{1,6}")
LEADS_TO_MODEL = Pattern(
    r"(?:\b(?:with|to|on|via|through|as|is|be|are|at|(?:sub-?)?agents?\s+using)|\bmodels?(?:\s+only)?|--model|-m|=|:|→|->"
    r"|=>)[\s`*\"'“(]{0,6}$",
    re.IGNORECASE,
)
# Each part keeps what it took: a blank between two names fits two of them, and a list of twenty names
# could be read in more ways than anyone can try.
LISTED = Pattern(r"(?:\x00[\s,`/|&]{0,6}+(?:and|or)?+[\s`]{0,4}+){1,20}+$")
MARKUP = Pattern(r"(?:[\s>#*+_|-]|\d{1,3}[.)]|\[[ xX]\])*")
CLAUSE_END = Pattern(
    r"(?<!\be\.g)(?<!\bi\.e)[.!?;]{1,9}(?=[\s\"')*`_]|$)|[。！？；]|\n[ \t]{0,40}\n|\s[—–]\s"
    r"|,\s{1,4}(?=(?:but|instead|not|never)\b)|\n(?=\s{0,12}(?:[-*+]|\d{1,3}[.)])\s)"
    r"|\n(?=[\s*_>]{0,12}(?:[Ee]xamples?|[Uu]sage|[Ss]yntax)[*_]{0,3}:)"
)

# Behind a digit a mark closes a quotation, or else it stands for inches: "a 27" monitor".
QUOTATION = Pattern(r'(?<![0-9])"[^"]*+(?P<closes>")?+')
# A label goes with what stands behind its dash: "**Never** — use X", "2026-03-01 — Use X".
LABEL = Pattern(
    rf"[\W_]{{0,12}}+(?:\d{{1,3}}[.)]\s{{1,3}}[\W_]{{0,12}}+)?"
    rf"(?:{_WRONG_LABEL}|ask\s+first|{_LEFT_TO_USERS}|\d{{4}}-\d\d-\d\d)[*_]{{0,3}}",
    re.IGNORECASE,
)
TASK_FIRST = Pattern(
    r"[\s*_]{0,4}[A-Za-z][\w /&,'-]{1,60}[*_]{0,3}\s{0,3}(?::|→|->|=>)[*_]{0,3}\s{0,3}[`*_]{0,3}"
)
MODEL_FIRST = Pattern(r"[\s`*_]{0,6}")
FOR_OR_WHEN = Pattern(r"[`*_]{0,4}\s{1,4}(?:for|when)\b", re.IGNORECASE)
# "### You must use X for reviews": a heading that orders, where "Use X" titles a step.
OBLIGES = Pattern(
    r"[\W\d_]{0,12}+(?:(?:(?:you|we|agents?|claude|codex|(?:the|all|every|each|your)\s{1,4}[\w-]{1,20}"
    r"(?:\s{1,4}[\w-]{1,20})?)\s{1,4})?must|always)\b",
    re.IGNORECASE,
)
BEGINS_WITH_ORDER = Pattern(
    rf"[\W\d_]{{0,12}}+(?:always\s{{1,4}}|just\s{{1,4}})?{ORDER_VERBS}\b", re.IGNORECASE
)
TURNS = Pattern(
    rf"\binstead\b(?!\s+of\b)|\b(?:never|do\s+not|don['’]t|avoid)\b|[{TICKS}→⇒]|[-=]>",
    re.IGNORECASE,
)
