"""Openings that an abstract needs and a bullet does not: "However, in this paper, we propose X" is "Proposes X".

Only what cannot change the meaning is taken away: connectives, references to the paper itself, purposes that only
point back ("To address this issue,"). Conditions, hedges ("we believe") and negations stay, and so does every
sentence whose grammar would not surely stay right.
"""

import re

_CONNECTIVE = re.compile(
    r"(?:However|Moreover|Furthermore|Additionally|In addition|Besides|Also|Further|More importantly|Importantly|"
    r"Specifically|More specifically|In particular|Particularly|Concretely|Notably|Remarkably|Crucially|"
    r"Finally|Lastly|First(?:ly)?|Second(?:ly)?|Third(?:ly)?|Then|Next|Subsequently|Meanwhile|"
    r"Therefore|Thus|Hence|Consequently|Accordingly|As a result|As such|In fact|"
    r"In contrast|Differently|Conversely|On the other hand|Nevertheless|Nonetheless|Yet|Instead|"
    r"In response|In summary|In conclusion|(?:Altogether|Collectively|Overall|Together)(?=, (?:our|these|this|we)\b)|"
    r"(?:Here|In (?:this|the present) (?:\w+ )?(?:paper|work|study|report|article|chapter|survey|review))(?=,? we\b|,))"
    r"(?:, | (?=we\b))"
)
_POINTING_BACK = re.compile(
    r"(?:(?:To|Towards?) (?:\w+ )?|(?:Based|Building) (?:up)?on |(?:Motivated|Inspired|Guided|Driven) by |In light of )"
    r"(?:this|that|these|those|such|both|the above|the(?= (?:gap|issues?|problems?|challenges?)\b))"
    r"(?: (?!in\b|on\b|at\b|with|for\b|from\b|under\b|of\b|when\b|while\b|by\b|via\b|to\b|as\b|and\b|but\b|than\b)[\w-]+)"
    r"{0,3}, "
)
_SELF = re.compile(
    r"(?:This|The present|Our) (?:technical )?(?:paper|work|study|report|article|chapter|survey|review) (?:also |thus |then )?"
    r"(?=([a-z]+s)\b)"
)
_WE = re.compile(
    r"[Ww]e (?:also |then |further |thus |therefore |first |subsequently |finally |additionally )?((?:[a-z]+ly )?)([a-z]+(?:-[a-z]+)?)\b(?!:)"
)
_ITEM = re.compile(r"\(?(?:\d|[ivx]{1,4}|[a-e])[.)]{1,2} (?=\S)")

_SAID_OF_PAPERS = """
achieve adapt address adopt advance advocate aim alleviate allow analyse analyze apply argue ask assess
attain attribute augment balance benchmark bridge broaden build call characterize close collect combine
compare complement conduct consider construct contribute create curate decompose define deliver
demonstrate deploy derive describe design detail develop discover discuss document emphasize employ enable
encourage enhance ensure establish evaluate examine execute experiment explain explore expose extend
extract facilitate fill filter find fine-tune focus formalize formulate generalize generate give guide
highlight identify implement improve include incorporate infer inject integrate introduce investigate keep
learn leverage link maintain make map measure mitigate model modify observe obtain offer open-source
operationalize optimize organize outline outperform perform posit pre-train present preserve pretrain
produce promote propose prove provide publish push quantify reach reduce refine reframe release replace
report reproduce resolve reveal review revisit scale select share shed show showcase simulate solve
streamline study suggest summarize support surpass survey synthesize tackle take test train transfer
transform treat uncover underscore understand unify unveil update upgrade upscale use utilize validate
verify visualize yield
"""
_SAID_BESIDE = "anticipate believe conjecture expect hope hypothesize leave open plan think"

_VERBS = frozenset(_SAID_OF_PAPERS.split())
"""What papers say that they do; each takes an -s (or -es, -ies) in the third person."""

_SECOND_VERBS = _VERBS.union(_SAID_BESIDE.split())
"""What may follow another verb; from hopes and plans "we" is not taken away."""

_VERB_LIKE = re.compile(r"\w+(?:i[sz]e|ify|ulate)$")
_ALONGSIDE = re.compile(
    r"(?:,(?: and| or| but| then)?|\band|\bor|\bbut|\bthen|;) (?:also |then |further |finally |\w+ly )?([a-z]+(?:-[a-z]+)?)\b"
)
_IRREGULAR_ENDING = re.compile(r"(?:[sxz]|[cs]h)$")
_Y_AFTER_CONSONANT = re.compile(r"(?<=[^aeiou])y$")


def trimmed(sentence: str) -> str:
    """Takes away what only ties a sentence to the text around it.

    Args:
        sentence: a whole sentence.

    Returns:
        The sentence from its first word that says something, capitalised; "We propose" and "This paper proposes"
        are "Proposes" where no second verb hangs on "we". The sentence itself where nothing can be taken away.
    """
    rest = _ITEM.sub("", sentence, count=1) if _ITEM.match(sentence) else sentence
    while taken := _CONNECTIVE.match(rest) or _POINTING_BACK.match(rest):
        rest = _capitalised(rest[taken.end() :])
    if (self := _SELF.match(rest)) and _base(self[1]):
        return _capitalised(rest[self.end() :])
    return _capitalised(_impersonal(rest))


def _impersonal(sentence: str) -> str:
    we = _WE.match(sentence)
    if not we or we[2] not in _VERBS or _has_second_verb(sentence[we.end() :]):
        return sentence
    return f"{we[1]}{_third_person(we[2])}{sentence[we.end() :]}"


def _has_second_verb(rest: str) -> bool:
    return any(verb in _SECOND_VERBS or _VERB_LIKE.match(verb) for verb in _ALONGSIDE.findall(rest))


def _third_person(verb: str) -> str:
    if _Y_AFTER_CONSONANT.search(verb):
        return f"{verb[:-1]}ies"
    return f"{verb}es" if _IRREGULAR_ENDING.search(verb) else f"{verb}s"


def _base(verb: str) -> str:
    return next((base for base in _VERBS if _third_person(base) == verb), "")


def _capitalised(text: str) -> str:
    """With a capital letter, but for names that are written without: iFormer, o1."""
    word = text.split(" ", 1)[0]
    return (
        text[:1].upper() + text[1:]
        if word.strip(",.;:'’-").replace("-", "").isalpha() and word.islower()
        else text
    )
