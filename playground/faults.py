"""Faults that can be switched on: what matches fails as asked, so many times."""

from dataclasses import dataclass, field
from enum import StrEnum

from playground.errors import ApiError, missing_access, missing_permissions, unknown_channel
from playground.rate_limits import too_many


class Effect(StrEnum):
    """What a fault does to a request."""

    SERVER_ERROR = "server error"
    TOO_MANY = "too many requests"
    RESET = "reset before anything was done"
    ANSWER_LOST = "done, and the answer lost"
    SLOW = "slow"
    MISSING_ACCESS = "missing access"
    MISSING_PERMISSIONS = "missing permissions"
    UNKNOWN_CHANNEL = "unknown channel"


@dataclass
class Fault:
    """One fault.

    Attributes:
        effect: what happens.
        method: of which requests, `*` for any.
        route: the route template they must have, such as `/channels/{channel_id}/messages`; `*` for any.
        times: how many requests it hits.
        status: of a server error.
        scope: of too many requests: `user`, `shared` or `global`.
        seconds: how long a slow answer or a rate limit takes.
    """

    effect: Effect
    method: str = "*"
    route: str = "*"
    times: int = 1
    status: int = 500
    scope: str = "user"
    seconds: float = 0.2

    def error(self) -> ApiError | None:
        """The answer that it gives; None where it gives none."""
        match self.effect:
            case Effect.SERVER_ERROR:
                return ApiError(self.status, 0, f"{self.status}: the playground was told to fail")
            case Effect.TOO_MANY:
                return too_many(self.seconds, self.scope)
            case Effect.MISSING_ACCESS:
                return missing_access()
            case Effect.MISSING_PERMISSIONS:
                return missing_permissions()
            case Effect.UNKNOWN_CHANNEL:
                return unknown_channel()
            case _:
                return None


@dataclass
class Faults:
    """The faults that are switched on."""

    switched_on: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> None:
        """Switches a fault on."""
        self.switched_on.append(fault)

    def take(self, method: str, route: str) -> Fault | None:
        """The fault that hits this request, if any; it counts as one of its times."""
        for fault in self.switched_on:
            if fault.method in {"*", method} and fault.route in {"*", route}:
                fault.times -= 1
                if fault.times <= 0:
                    self.switched_on.remove(fault)
                return fault
        return None
