"""Any message that Discord would take, small enough to stay under every limit."""

from datetime import timedelta, timezone

from hypothesis import strategies as st

from playground.errors import Json

_texts = st.text(max_size=20) | st.sampled_from(
    [
        "**b** _i_",
        "||s||",
        "<@1> <#2> <t:0:R>",
        "- a\n- b",
        "> q",
        "```py\nx```",
        "[a](https://x.example)",
        '"><b>',
    ]
)
_said = _texts.map(lambda text: f"{text}.")
_ids = st.integers(min_value=0, max_value=2**63).map(str)
_web = st.sampled_from(
    ["https://a.example/b?c=d&e", 'https://a.example/"><b>', "http://[::1]:80/", "https://:1", "https://a@"]
)
_addresses = _web | st.just("attachment://a.png")
_media = st.fixed_dictionaries({"url": _addresses})
_zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_maybe = st.booleans()
_emoji = st.fixed_dictionaries({}, optional={"id": _ids, "name": _texts, "animated": _maybe})


def _some(
    needed: dict[str, st.SearchStrategy[object]], **optional: st.SearchStrategy[object]
) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries(needed, optional=optional)


def _several(items: st.SearchStrategy[Json], most: int, least: int = 1) -> st.SearchStrategy[list[Json]]:
    return st.lists(items, min_size=least, max_size=most)


_embeds = _some(
    {},
    title=_texts,
    description=_texts,
    url=_web,
    color=st.integers(0, 0xFFFFFF),
    timestamp=st.datetimes(timezones=_zones).map(lambda moment: moment.isoformat()),
    footer=_some({"text": _texts}, icon_url=_addresses),
    author=_some({"name": _texts}, url=_web, icon_url=_addresses),
    image=_media,
    thumbnail=_media,
    fields=_several(_some({"name": _said, "value": _said}, inline=_maybe), 3, 0),
)

_names = st.uuids().map(str)
"""For `custom_id`, none of which may come twice in a message."""

_pressed = _some(
    {"type": st.just(2), "style": st.integers(1, 4), "custom_id": _names, "label": _said},
    emoji=_emoji,
    disabled=_maybe,
)
_links = _some(
    {"type": st.just(2), "style": st.just(5), "url": _web | st.just("discord://-/x"), "label": _said},
    emoji=_emoji,
    disabled=_maybe,
)
_premium = _some({"type": st.just(2), "style": st.just(6), "sku_id": _ids})
_buttons = _pressed | _links | _premium
_options = st.lists(
    _some({"label": _said, "value": _names}, description=_texts, emoji=_emoji, default=_maybe),
    min_size=1,
    max_size=3,
)
_common = {
    "placeholder": _texts,
    "min_values": st.integers(0, 25),
    "max_values": st.integers(1, 25),
    "disabled": _maybe,
}
_menus = _some({"type": st.just(3), "custom_id": _names, "options": _options}, **_common) | _some(
    {"type": st.integers(5, 8), "custom_id": _names},
    channel_types=st.lists(st.integers(0, 20), max_size=3),
    default_values=st.lists(_some({"id": _ids, "type": st.just("user")}), max_size=3),
    **_common,
)
_rows = st.fixed_dictionaries({"type": st.just(1), "components": _several(_buttons, 5) | _several(_menus, 1)})

_displays = st.fixed_dictionaries({"type": st.just(10), "content": _said})
_pictures = _some({"media": _media}, description=_texts, spoiler=_maybe)
_thumbnails = _some({"type": st.just(11), "media": _media}, description=_texts, spoiler=_maybe)
_inner = (
    _rows
    | _displays
    | st.fixed_dictionaries(
        {"type": st.just(9), "components": _several(_displays, 3), "accessory": _buttons | _thumbnails}
    )
    | st.fixed_dictionaries({"type": st.just(12), "items": _several(_pictures, 3)})
    | _some({"type": st.just(14)}, divider=_maybe, spacing=st.sampled_from([1, 2]))
)
_containers = _some(
    {"type": st.just(17), "components": _several(_inner, 3)},
    accent_color=st.integers(0, 0xFFFFFF),
    spoiler=_maybe,
)

_classic = st.fixed_dictionaries(
    {"content": _said, "embeds": _several(_embeds, 3, 0), "components": _several(_rows, 2, 0)}
)
_modern = st.fixed_dictionaries({"flags": st.just(1 << 15), "components": _several(_inner | _containers, 2)})

bodies: st.SearchStrategy[Json] = _classic | _modern
"""Bodies of "Create Message"."""
