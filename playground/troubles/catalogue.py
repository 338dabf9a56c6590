"""The troubles that a playground can make."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from playground.faults import Effect, Fault

MakeFault = Callable[..., Fault]


@dataclass(frozen=True)
class Trouble:
    """Something that goes wrong at Discord.

    Attributes:
        name: by which it is started and stopped.
        lasting: whether it goes on until it is stopped.
        on_requests: whether it hits requests to the API, so many times.
        in_channel: whether it must be said in which channel.
    """

    name: str
    title: str
    explanation: str
    lasting: bool = False
    on_requests: bool = False
    in_channel: bool = False


FAULTS: Mapping[str, MakeFault] = {
    "429-route": partial(Fault, Effect.TOO_MANY, scope="user", seconds=2.0),
    "429-global": partial(Fault, Effect.TOO_MANY, scope="global", seconds=2.0),
    "429-shared": partial(Fault, Effect.TOO_MANY, scope="shared", seconds=2.0),
    "500": partial(Fault, Effect.SERVER_ERROR, status=500),
    "502": partial(Fault, Effect.SERVER_ERROR, status=502),
    "503": partial(Fault, Effect.SERVER_ERROR, status=503),
    "504": partial(Fault, Effect.SERVER_ERROR, status=504),
    "reset": partial(Fault, Effect.RESET),
    "answer-lost": partial(Fault, Effect.ANSWER_LOST),
    "answer-cut": partial(Fault, Effect.ANSWER_CUT),
    "failed-after": partial(Fault, Effect.FAILED_AFTER, status=504),
    "slow": partial(Fault, Effect.SLOW, seconds=5.0),
    "403-access": partial(Fault, Effect.MISSING_ACCESS),
    "403-permissions": partial(Fault, Effect.MISSING_PERMISSIONS),
    "404-channel": partial(Fault, Effect.UNKNOWN_CHANNEL),
    "403-proxy": partial(Fault, Effect.PROXY, status=403),
}
"""What troubles on requests do to each."""

_request = partial(Trouble, on_requests=True)

TROUBLES = (
    _request(
        "429-route",
        "Rate limited on a route (429)",
        "Requests are refused with 429 for two seconds, as if the bot had used up this route.",
    ),
    _request(
        "429-global",
        "Rate limited everywhere (429)",
        "Requests are refused with 429 for two seconds, as if the bot had used up its 50 requests a second.",
    ),
    _request(
        "429-shared",
        "Rate limited by others (429)",
        "Requests are refused with 429 for two seconds, as if others had used up what everybody shares.",
    ),
    _request("500", "Internal error (500)", "Requests are answered with 500, and nothing is done."),
    _request("502", "Bad gateway (502)", "Requests are answered with 502, and nothing is done."),
    _request("503", "Service unavailable (503)", "Requests are answered with 503, and nothing is done."),
    _request("504", "Gateway timeout (504)", "Requests are answered with 504, and nothing is done."),
    _request("reset", "Connection reset", "The connection breaks before anything is done."),
    _request(
        "answer-lost", "Answer lost", "What is asked is done, and the connection breaks before the answer."
    ),
    _request("answer-cut", "Answer cut short", "What is asked is done, and half of the answer comes."),
    _request("failed-after", "Done, and failed (504)", "What is asked is done, and answered with 504."),
    _request("slow", "Slow answer", "What is asked is done, and answered five seconds later."),
    _request(
        "403-access", "No access (403)", "Requests are refused with 403: the bot cannot see the channel."
    ),
    _request(
        "403-permissions", "No permission (403)", "Requests are refused with 403: the bot lacks a permission."
    ),
    _request(
        "404-channel", "Unknown channel (404)", "Requests are refused with 404: there is no such channel."
    ),
    _request(
        "403-proxy",
        "Refused by a proxy (403)",
        "Something before Discord refuses requests with 403 and a page of its own.",
    ),
    Trouble(
        "close-4000",
        "Unknown error (4000)",
        "The gateway closes every connection with 4000; the sessions can be resumed.",
    ),
    Trouble(
        "close-4009",
        "Session timed out (4009)",
        "The gateway closes every connection with 4009; the sessions are gone and begin anew.",
    ),
    Trouble(
        "close-1001",
        "Going away (1001)",
        "The gateway closes every connection with 1001, as when it restarts; the sessions can be resumed.",
    ),
    Trouble(
        "close-none",
        "Connection cut",
        "Every gateway connection breaks without a word; the sessions can be resumed.",
    ),
    Trouble("reconnect", "Asked to reconnect", "The gateway asks every client to connect anew and resume."),
    Trouble(
        "invalid-session",
        "Invalid session",
        "The gateway tells every client that its session is gone; it must begin a new one.",
    ),
    Trouble(
        "heartbeats-unanswered",
        "Heartbeats unanswered",
        "The gateway answers no heartbeat, as when a connection is dead but not closed.",
        lasting=True,
    ),
    Trouble(
        "channel-deleted",
        "Channel deleted",
        "The channel is deleted with its messages and threads. It does not come back.",
        in_channel=True,
    ),
    Trouble(
        "permission-taken-away",
        "Permission taken away",
        "The bots may no longer write in the channel and its threads.",
        lasting=True,
        in_channel=True,
    ),
)
"""In the order in which they are shown."""
