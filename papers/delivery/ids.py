"""The ids of outbox rows, made from what they are; see docs/decisions/0005."""

import hashlib
import json

from papers.models import Destination, Form, Payload


def outbox_id(destination: Destination, *names: str, form: Form = Form.CARD, step: str = "") -> str:
    """The one id of a message at a destination: 20 characters of 0-9 and a-f.

    Args:
        destination: where it goes.
        names: the arXiv ids of the papers it is about, or what else makes it different from others of its form.
        form: what it shows.
        step: for what is no message of its own, such as a thread that is started: what is done.
    """
    about = [destination.kind, str(destination.target_id), *([] if form is Form.CARD else [form])]
    name = ":".join([*about, *names, *([step] if step else [])])
    return hashlib.sha256(name.encode()).hexdigest()[:20]


def shown_hash(payload: Payload) -> str:
    """A hash of what a message shows, equal for equal payloads."""
    return hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()[:32]
