"""Discord's Markdown, mark by mark."""

from typing import ClassVar

import pytest

from playground.page.drawing import markdown
from support.markup import parse
from support.names import FewNames

NAMES = FewNames()
OUT = 'rel="noopener noreferrer nofollow" target="_blank"'


def rendered(text: str) -> str:
    return str(markdown.render(text, NAMES))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**bold**", "<strong>bold</strong>"),
        ("** bold **", "<strong> bold </strong>"),
        ("*italic* and _italic_", "<em>italic</em> and <em>italic</em>"),
        ("***both***", "<em><strong>both</strong></em>"),
        ("***a** b*", "<em><strong>a</strong> b</em>"),
        ("***a* b**", "<strong><em>a</em> b</strong>"),
        ("__under__ ___both___", "<u>under</u> <em><u>both</u></em>"),
        ("~~struck~~", "<s>struck</s>"),
        ("**bold *italic* __under__**", "<strong>bold <em>italic</em> <u>under</u></strong>"),
        ("snake_case_name 2*3*4", "snake_case_name 2<em>3</em>4"),
        ("* not italic*", "<ul><li>not italic*</li></ul>"),
        ("**open", "**open"),
        ("a **b\nc**", "a <strong>b<br>c</strong>"),
        (r"\*plain\* \\ \a \_(ツ)_/", r"*plain* \ \a _(ツ)_/"),
        ("`**code**`", "<code>**code**</code>"),
        ("`` a`b ``", "<code> a`b </code>"),
        ("`` ` ``", "<code>`</code>"),
        ("`open", "`open"),
    ],
)
def test_marks_within_a_line(text: str, html: str) -> None:
    assert rendered(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\nb\n\n\nc", "a<br>b<br><br><br>c"),
        ("# One\n## Two\n### Three", "<h1>One</h1><h2>Two</h2><h3>Three</h3>"),
        ("# One #", "<h1>One</h1>"),
        ("#### four\n#five\nno # six", "#### four<br>#five<br>no # six"),
        ("-# small **print**\nx", '<small class="subtext">small <strong>print</strong></small>x'),
        ("-#none", "-#none"),
        ("> a\n> b\nc", "<blockquote>a<br>b</blockquote>c"),
        ("> > a", "<blockquote>&gt; a</blockquote>"),
        (">a", "&gt;a"),
        ("a\n>>> b\n- c\n\nd", "a<br><blockquote>b<br><ul><li>c</li></ul><br>d</blockquote>"),
        ("```py\n**x** = '<'\n```", "<pre><code class=\"language-py\">**x** = '&lt;'</code></pre>"),
        ("a ```b c``` d", "a <pre><code>b c</code></pre> d"),
        ("```py\n```", "<pre><code>py</code></pre>"),
        ("```\n> no quote\n# no heading\n```", "<pre><code>&gt; no quote\n# no heading</code></pre>"),
        ("```open", "```open"),
    ],
)
def test_marks_of_lines(text: str, html: str) -> None:
    assert rendered(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("- a\n- b\nc", "<ul><li>a</li><li>b</li></ul>c"),
        ("* a\n* b", "<ul><li>a</li><li>b</li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        (
            "- a\n  - b\n    1. c\n- d",
            '<ul><li>a<br><ul><li>b<br><ol start="1"><li>c</li></ol></li></ul></li><li>d</li></ul>',
        ),
        ("- a\n  more\n- b", "<ul><li>a<br>more</li><li>b</li></ul>"),
        ("- a\n\n- b", "<ul><li>a<br></li><li>b</li></ul>"),
        ("- a\n\nb", "<ul><li>a</li></ul><br>b"),
        ("-a\n1.b\n1) c\n+ d", "-a<br>1.b<br>1) c<br>+ d"),
        ("**- a\n- b**", "<strong>- a<br><ul><li>b</li></ul></strong>"),
    ],
)
def test_lists(text: str, html: str) -> None:
    assert rendered(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[a **b**](https://x.org/y)", f'<a href="https://x.org/y" {OUT}>a <strong>b</strong></a>'),
        ('[a](https://x.org "title")', f'<a href="https://x.org" {OUT}>a</a>'),
        ("[a](https://x.org/b_(c)_d)", f'<a href="https://x.org/b_(c)_d" {OUT}>a</a>'),
        ("<https://x.org/_a_>", f'<a href="https://x.org/_a_" {OUT}>https://x.org/_a_</a>'),
        ("at https://x.org/_a_b.", f'at <a href="https://x.org/_a_b" {OUT}>https://x.org/_a_b</a>.'),
        ("**https://x.org**", f'<strong><a href="https://x.org" {OUT}>https://x.org</a></strong>'),
        ("(https://x.org/a)", f'(<a href="https://x.org/a" {OUT}>https://x.org/a</a>)'),
        ("[a [b] c](https://x.org)", f'<a href="https://x.org" {OUT}>a [b] c</a>'),
        ("`https://x.org`", "<code>https://x.org</code>"),
        ("x.org ftp://x.org mailto:a@x.org //x.org", "x.org ftp://x.org mailto:a@x.org //x.org"),
        ("[a](javascript:alert(1)) [b](data:x) [c](/d)", "[a](javascript:alert(1)) [b](data:x) [c](/d)"),
        ("[](https://", "[](https://"),
    ],
)
def test_links_to_the_web_alone(text: str, html: str) -> None:
    assert rendered(text) == html


def test_a_link_cannot_say_it_goes_elsewhere() -> None:
    link = parse(rendered("[https://bank.example](https://evil.example)"))
    assert all(
        each.attrs["href"] == each.text or each.text in str(each.attrs["href"]) for each in link.all("a")
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "<@1> <@!1>",
            '<span class="mention" dir="auto">@mika</span> <span class="mention" dir="auto">@mika</span>',
        ),
        ("<@&2>", '<span class="mention" dir="auto">@readers</span>'),
        ("<@&3>", '<span class="mention" dir="auto">@everyone</span>'),
        ("<#4>", '<a class="mention" dir="auto" href="#/c/4">#papers</a>'),
        ("</feed add:12>", '<span class="mention" dir="auto">/feed add</span>'),
        ("@everyone", '<span class="mention" dir="auto">@everyone</span>'),
        ("@here!", '<span class="mention" dir="auto">@here</span>!'),
        ("@everyone_else", "@everyone_else"),
        ("<@9>", '<span class="mention" dir="auto">@unknown-user</span>'),
        ("<@&9>", '<span class="mention" dir="auto">@unknown-role</span>'),
        ("<#9>", '<span class="mention" dir="auto">#unknown</span>'),
        ("<@x> `<@1>`", "&lt;@x&gt; <code>&lt;@1&gt;</code>"),
        (r"\<@1>", "&lt;@1&gt;"),
        (
            "<:wave_1:55><a:wave:55>",
            '<span class="emoji" dir="auto">:wave_1:</span><span class="emoji" dir="auto">:wave:</span>',
        ),
    ],
)
def test_mentions_and_emoji(text: str, html: str) -> None:
    assert rendered(text) == html


def test_a_name_is_no_html_and_no_mark() -> None:
    class Odd(FewNames):
        _users: ClassVar = {1: "<b>**&amp;"}

    assert parse(str(markdown.render("<@1>", Odd()))).one("span").text == "@<b>**&amp;"


def test_a_channel_named_within_a_link_is_no_link_of_its_own() -> None:
    link = parse(rendered("[see <#4>](https://x.org)")).one("a")
    assert (link.text, link.one("span").text) == ("see #papers", "#papers")


@pytest.mark.parametrize(
    ("text", "style", "words"),
    [
        ("<t:1543392060>", "f", "28 November 2018 08:01 UTC"),
        ("<t:1543392060:f>", "f", "28 November 2018 08:01 UTC"),
        ("<t:1543392060:F>", "F", "Wednesday, 28 November 2018 08:01 UTC"),
        ("<t:1543392060:t>", "t", "8:01 UTC"),
        ("<t:1543392061:T>", "T", "8:01:01 UTC"),
        ("<t:1543392060:d>", "d", "28/11/2018"),
        ("<t:1543392060:D>", "D", "28 November 2018"),
        ("<t:1543392060:R>", "R", "28 November 2018 08:01 UTC"),
        ("<t:-1:D>", "D", "31 December 1969"),
    ],
)
def test_moments(text: str, style: str, words: str) -> None:
    moment = parse(rendered(text)).one("time")
    assert (moment.attrs["data-style"], moment.text) == (style, words)


def test_a_moment_says_when_for_machines() -> None:
    assert parse(rendered("<t:0>")).one("time").attrs["datetime"] == "1970-01-01T00:00:00+00:00"


@pytest.mark.parametrize(
    "text", ["<t:999999999999>", "<t:-99999999999>", "<t:9" + "9" * 40 + ">", "<t:1:x>", "<t:>"]
)
def test_moments_outside_the_calendar_stay_text(text: str) -> None:
    assert parse(rendered(text)).text == text
    assert "<time" not in rendered(text)


def test_a_spoiler_hides_until_it_is_pressed() -> None:
    spoiler = parse(rendered("||a **b**\nc||")).one("span")
    assert spoiler.text == "a b\nc"
    assert spoiler.attrs == {
        "class": "spoiler",
        "role": "button",
        "tabindex": "0",
        "aria-expanded": "false",
        "aria-label": "Spoiler, hidden",
    }


@pytest.mark.parametrize(
    "text",
    [
        "![picture](x.png)",
        "|a|b|\n|-|-|\n|c|d|",
        "<b>html</b> <!-- comment --> <?x?> <![CDATA[y]]>",
        "&amp; &lt; &#65; &nbsp;",
        "title\n=====\ntitle\n---",
        "    indented",
        "[a]\n\n[a]: https:/x",
        "***\n___",
        ":smile:",
    ],
)
def test_what_discord_does_not_know_stays_as_typed(text: str) -> None:
    root = parse(rendered(text))
    assert root.text == text
    assert {each.tag for each in root.walk()} <= {"br"}


def test_titles_know_marks_but_no_links_mentions_or_lines() -> None:
    title = "# **b** `c` ||d|| [x](https://y.org) https://y.org <@1> <#4> @everyone <:ee:1>"
    root = parse(str(markdown.render_title(title, NAMES)))
    assert [each.tag for each in root.walk()] == ["strong", "code", "span", "span"]
    assert root.text == "# b c d [x](https://y.org) https://y.org <@1> <#4> @everyone :ee:"
