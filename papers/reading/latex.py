r"""LaTeX that abstracts are written with, as people read it: `\textbf{5\%}` is "5%"."""

import re

_LINK = re.compile(r"\\url\{([^{}]*)\}|\\href\{[^{}]*\}\{([^{}]*)\}")
_STYLE = re.compile(
    r"\\(?:emph|text(?:bf|it|rm|sc|sf|tt)?|math(?:bf|bb|cal|it|rm|sf|tt)|underline)\{([^{}]*)\}"
)
_DEPTH = 3  # styles inside each other
_MATHS = re.compile(r"(?<![\\$\w])\$(?![\s$])([^$]{1,200}?)(?<![\s\\])\$(?![\d$])")
_SIGNS = {
    r"\%": "%",
    r"\&": "&",
    r"\_": "_",
    r"\#": "#",
    r"\$": "$",
    r"\times": "×",
    r"\sim": "~",
    r"\pm": "±",
    r"\approx": "≈",
    r"\neq": "≠",
    r"\leq": "≤",
    r"\geq": "≥",
    r"\to": "→",
    r"\rightarrow": "→",
    r"\cdot": "·",
    "---": "—",
    "--": "–",
    "``": "“",
    "''": "”",
}
_SIGN = re.compile(
    "|".join(f"{re.escape(sign)}(?![a-z])" if sign[-1].isalpha() else re.escape(sign) for sign in _SIGNS)
)


def plain(text: str) -> str:
    """Undoes the LaTeX that is common in abstracts; what it does not know stays as it is written.

    Args:
        text: any text. Amounts of money are no formulas: "$5 and $10" stays.

    Returns:
        The same words without the commands around them.
    """
    shown = _LINK.sub(lambda link: link[1] or link[2] or "", text)
    for _ in range(_DEPTH):
        shown = _STYLE.sub(r"\1", shown)
    return _SIGN.sub(lambda sign: _SIGNS[sign[0]], _MATHS.sub(_without_braces, shown))


def _without_braces(maths: re.Match[str]) -> str:
    return maths[1].replace("{", "").replace("}", "")
