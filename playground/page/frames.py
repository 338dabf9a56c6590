"""What happened, as a page is told of it."""

from dataclasses import dataclass

from playground.errors import Json
from playground.messages import EPHEMERAL
from playground.page.drawing.rendering import Renderer
from playground.page.feed import Happening, Sign
from playground.page.requests import rows
from playground.requests import RequestRecord
from playground.world import Channel, Event


@dataclass(frozen=True)
class Frames:
    """Makes the frames of one person's page."""

    renderer: Renderer

    def frame(self, happening: Happening) -> Json:
        """The frame that tells it."""
        match happening:
            case Sign():
                return {"kind": str(happening)}
            case RequestRecord():
                return {"kind": "request", "html": rows([happening])}
            case Event(name="MESSAGE_DELETE", data=data):
                return {"kind": "gone", "channel": data["channel_id"], "id": data["id"]}
            case Event(channel=Channel() as channel, data=message):
                return self._message(happening, channel, message)
        raise TypeError(f"No page is told of {happening}.")

    def _message(self, event: Event, channel: Channel, message: Json) -> Json:
        return {
            "kind": "message",
            "channel": str(channel.id),
            "id": message["id"],
            "html": self.renderer.message(message, channel),
            "fresh": event.name == "MESSAGE_CREATE",
            "private": bool(message["flags"] & EPHEMERAL),
            "author": message["author"]["username"],
            "text": self.renderer.plain(message),
        }
