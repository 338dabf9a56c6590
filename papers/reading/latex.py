r"""LaTeX that abstracts are written with, as people read it: `\textbf{5\%}` is "5%".

Abstracts are prose with some LaTeX in it and no documents: `%` opens no comment, `$5` is money, and sources hand
them on with dollars and backslashes gone (`2.4times`). So what belongs together is found here, and only what a
sign or an accent looks like is asked of pylatexenc.
"""

import re

from pylatexenc.latex2text import LatexNodes2Text, get_default_latex_context_db

_DEPTH = 4  # groups inside each other

_LINK = re.compile(r"\\url\{([^{}]*)\}|(?:\\href\{[^{}]*\}|https?://[^\s{}]{1,200})\{([^{}]*)\}")
_MATHS = re.compile(
    r"(?<![\\$\w])\$(?![\s$])([^$]{1,200}?)(?<![\s\\])\$(?![\d$])|"
    r"(?<!\\)\$([^$]{0,99}[\\^_{][^$]{0,99})(?<!\\)\$"
)
"""What two dollars hold: amounts of money where digits or letters touch them, unless LaTeX stands in between."""

_TIMES = re.compile(r"(?<=\d) ?times ?(?=\d)|(?<=\d)times(?![a-z])|\{times\}")
_UNTOLD = re.compile(r"\{(?=(?:sim|deg)\})|\^\{?(?=circ)|(?<![\\A-Za-z])(?=text(?:bf|it|sc|tt)\{)")
"""Where a source lost a backslash."""

_DROPPED = re.compile(
    r"\\(?:cite|ref)[a-z]*\{[^{}]*\}|\\color\{[a-z]*\}|"
    r"\\(?:em|bf|it|tt|sc|left|right|[bB]igg?[lr]?|math[a-z]+|xspace)(?![A-Za-z{])\s*|\\[,;:!/()\[\]-]"
)
_ACCENT = re.compile(r"""\\(?:["'`^~=.]|[cuvHkr](?=\{))(?:\{\\?[A-Za-z]\}|\\?[A-Za-z])""")
_SIGN = re.compile(r"\\([A-Za-z]++(?!\{[^}])|[^A-Za-z])(?:\{\})?")

_FRACTION = re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")
_ROOT = re.compile(r"\\sqrt\{([^{}]*)\}")
_SCRIPT = re.compile(r"([\^_])\{([^{}]*)\}|\^(\d+|[n+*∘°])|(?<=(?<![\w/.])[A-Za-z])_(\d)(?!\w)")
_GROUP = re.compile(r"\\(?!href)(?:textcolor\{\w*\}|[A-Za-z]+\*?)\{([^{}]*)\}|(?<![A-Za-z\\}*])\{([^{},]*)\}")
_BRACES = re.compile(r"(?<!\\)\{([^{},]*)\}")
"""What groups leave over; with a comma in it, it is a set."""

_TYPED = {"---": "—", "--": "–", "``": "“", "''": "”"}
_MARK = re.compile("|".join(_TYPED))
_COMMENT = re.compile(r"(?:^|(?<=\D ))% ")
_TIE = re.compile(r"(?<=[A-Za-z)])~")

_SIGNS = {"deg": "°", "eg": "e.g.", "ie": "i.e.", "sim": "~", "LaTeX": "LaTeX", "\\": " ", "%": "%"}
"""What pylatexenc leaves out or says in another way."""

_RAISED = dict(zip("0123456789+-−=()n∘°*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ°°*", strict=True))
_LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))

_DATABASE = get_default_latex_context_db()
_ACCENTS = LatexNodes2Text()


def plain(text: str) -> str:
    """Undoes the LaTeX that is common in abstracts; a command that nobody knows leaves its name.

    Args:
        text: any text. Amounts of money are no formulas: "$5 and $10" stays.

    Returns:
        The same words without the commands around them; signs, Greek letters and accents in Unicode; powers as
        "10⁻³" where Unicode has all their signs, else as "x^(a+b)".
    """
    shown = _MATHS.sub(_said, _COMMENT.sub("", text))
    shown = _UNTOLD.sub(lambda place: f"{place[0]}\\", _TIMES.sub("×", shown))
    shown = _SIGN.sub(_sign, _DROPPED.sub("", _ACCENT.sub(_accent, shown)))
    for _ in range(_DEPTH):
        shown = _SCRIPT.sub(_script, _ROOT.sub(r"√(\1)", _FRACTION.sub(r"\1/\2", shown)))
        shown = _GROUP.sub(_said, _LINK.sub(_said, shown))
    shown = _TIE.sub(" ", _BRACES.sub(_said, shown))
    return _MARK.sub(lambda mark: _TYPED[mark[0]], shown)


def _said(group: re.Match[str]) -> str:
    return next(filter(None, group.groups()), "")


def _accent(accent: re.Match[str]) -> str:
    return str(_ACCENTS.latex_to_text(accent[0]))


def _sign(command: re.Match[str]) -> str:
    name = command[1]
    known = _DATABASE.get_macro_spec(name)
    said = _SIGNS.get(name) or (known and known.simplify_repl)
    return said if isinstance(said, str) and ("%" not in said or name == "%") else name


def _script(script: re.Match[str]) -> str:
    place, said = script[1] or ("_" if script[4] else "^"), script[2] or script[3] or script[4] or ""
    signs = _LOWERED if place == "_" else _RAISED
    if all(char in signs for char in said):
        return "".join(signs[char] for char in said)
    return f"{place}{said}" if said.isalnum() else f"{place}({said})"
