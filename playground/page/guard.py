"""Keeps other web pages away: which requests are answered, and what browsers are told to forbid.

A page of another site must neither act as people of the playground (its `Origin` tells it) nor read the playground
under a name of its own that leads to loopback (DNS rebinding: the `Host` tells it).
"""

from aiohttp import web
from yarl import URL

NAMES = ("127.0.0.1", "localhost")
"""By which names the playground is reached."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types page"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def refusal(request: web.Request) -> str | None:
    """Why a request is not answered, in one sentence; None where it is."""
    ours = _origins(request)
    if f"http://{request.host}" not in ours:
        return f"The playground is reached as {' or '.join(ours)} alone."
    origin = request.headers.get("Origin")
    if origin is not None and origin not in ours:
        return "Another web page may not use the playground."
    return None


def _origins(request: web.Request) -> list[str]:
    if request.transport is None:
        return []
    port = request.transport.get_extra_info("sockname")[1]
    return [str(URL.build(scheme="http", host=name, port=port)) for name in NAMES]
