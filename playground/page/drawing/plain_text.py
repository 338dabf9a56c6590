"""A message as a line of plain text, for a screen reader to say and for lists to show."""

from collections.abc import Iterator

from playground.errors import Json
from playground.forms.components import BUTTON, SELECTS, TEXT_DISPLAY, walk
from playground.messages import LOADING, SUPPRESS_EMBEDS
from playground.page.drawing import markdown
from playground.page.drawing.marks.mentions import Names

_HIDDEN = "(spoiler)"
_GAPS = {"line_break", "item_open", "quote_open", "heading_open", "subtext_open"}


def one_line(message: Json, names: Names, limit: int) -> str:
    """What a message says, without who says it.

    Args:
        message: Discord's JSON.
        names: what mentions are called.
        limit: how many characters at most.
    """
    texts = [plain(text, names) for text in _texts(message)]
    said = " ".join(filter(None, texts)) or ", ".join(_labels(message)) or "A message without text."
    return cut(said, limit)


def cut(text: str, limit: int) -> str:
    """The text in one line, cut behind a word where it is too long."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    return f"{head.rpartition(' ')[0] or head}…"


def plain(text: str, names: Names) -> str:
    """Markdown without its marks; spoilers stay hidden."""
    said: list[str] = []
    hidden = 0
    for token in markdown.tokens(text, names):
        if token.type == "spoiler_open":
            said += [] if hidden else [_HIDDEN]
            hidden += 1
        elif token.type == "spoiler_close":
            hidden -= 1
        elif not hidden:
            said.append(" " if token.type in _GAPS else token.content)
    return "".join(said)


def _texts(message: Json) -> Iterator[str]:
    if message["flags"] & LOADING:
        yield f"{message['author']['username']} is thinking…"
        return
    yield message["content"]
    for embed in message["embeds"] if not message["flags"] & SUPPRESS_EMBEDS else []:
        yield embed.get("title", "")
        yield embed.get("description", "")
    for _, component in walk(message["components"]):
        if component["type"] == TEXT_DISPLAY:
            yield component["content"]


def _labels(message: Json) -> Iterator[str]:
    for _, component in walk(message["components"]):
        if component["type"] == BUTTON and component.get("label"):
            yield component["label"]
        elif component["type"] in SELECTS and component.get("placeholder"):
            yield component["placeholder"]
