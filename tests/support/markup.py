"""HTML read strictly: what an element opens it must close, and no id may come twice."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"br", "hr", "img", "input"}


@dataclass
class Element:
    """An element, its attributes, and what is in it."""

    tag: str
    attrs: dict[str, str | None] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text in it; a line break as one."""
        parts = [child if isinstance(child, str) else child.text for child in self.children]
        return "\n" if self.tag == "br" else "".join(parts)

    @property
    def classes(self) -> set[str]:
        """Its classes."""
        return set((self.attrs.get("class") or "").split())

    def walk(self) -> Iterator["Element"]:
        """Every element in it, outer before inner."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    def all(self, tag: str = "", *, css: str = "") -> list["Element"]:
        """The elements in it of a tag, of a class."""
        return [each for each in self.walk() if tag in {"", each.tag} and (not css or css in each.classes)]

    def one(self, tag: str = "", *, css: str = "") -> "Element":
        """The only element in it of a tag, of a class."""
        (found,) = self.all(tag, css=css)
        return found


def parse(html: str) -> Element:
    """The elements of a fragment.

    Raises:
        AssertionError: an element is not closed, or closed where it was not opened, or an id or attribute comes
            twice.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert [each.tag for each in reader.stack] == [""], f"not closed: {reader.stack[1:]}"
    ids = [each.attrs["id"] for each in reader.stack[0].walk() if "id" in each.attrs]
    assert len(ids) == len(set(ids)), f"ids come twice: {ids}"
    return reader.stack[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.stack = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute of {tag} comes twice: {attrs}"
        element = Element(tag, dict(attrs))
        self.stack[-1].children.append(element)
        if tag not in _VOID:
            self.stack.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.stack[-1].children.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        opened = self.stack.pop()
        assert opened.tag == tag, f"{tag} closes {opened.tag}"

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")
