"""Faults that can be switched on: what matches fails as asked, so many times."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from playground.errors import ApiError, missing_access, missing_permissions, unknown_channel
from playground.rate_limits import too_many


class Effect(StrEnum):
    """What a fault does to a request."""

    SERVER_ERROR = "server error"
    TOO_MANY = "too many requests"
    FIREWALL = "banned by the firewall"
    RESET = "reset before anything was done"
    ANSWER_LOST = "done, and the answer lost"
    ANSWER_CUT = "done, and the answer cut short"
    FAILED_AFTER = "done, and answered with a server error"
    PROXY = "answered by a proxy in between"
    SLOW = "done, and answered slowly"
    MISSING_ACCESS = "missing access"
    MISSING_PERMISSIONS = "missing permissions"
    UNKNOWN_CHANNEL = "unknown channel"
    REFUSED = "refused for another reason"


_REFUSALS: Mapping[Effect, Callable[[], ApiError]] = {
    Effect.MISSING_ACCESS: missing_access,
    Effect.MISSING_PERMISSIONS: missing_permissions,
    Effect.UNKNOWN_CHANNEL: unknown_channel,
}


@dataclass(eq=False)
class Fault:
    """One fault.

    Attributes:
        effect: what happens.
        method: of which requests, `*` for any.
        route: the route template they must have, such as `/channels/{channel_id}/messages`; `*` for any.
        path: what the parameters of the path must be, such as `{"channel_id": "1"}`; empty for any.
        bot_id: of which bot they must be; None for any. An interaction's routes tell no bot by its token.
        times: how many requests it hits.
        after: how many that match pass before.
        status: of a server error, a proxy's answer, or another refusal.
        code: Discord's, of another refusal.
        scope: of too many requests: `user`, `shared` or `global`.
        seconds: how long a slow answer or a rate limit takes.
        hits: how many requests it hit already.
    """

    effect: Effect
    method: str = "*"
    route: str = "*"
    path: Mapping[str, str] = field(default_factory=dict)
    bot_id: int | None = None
    times: int = 1
    after: int = 0
    status: int = 500
    code: int = 0
    scope: str = "user"
    seconds: float = 0.2
    hits: int = 0

    def matches(self, method: str, route: str, path: Mapping[str, str], bot_id: int | None = None) -> bool:
        """Whether it could hit that request."""
        return (
            self.method in {"*", method}
            and self.route in {"*", route}
            and self.bot_id in {None, bot_id}
            and all(path.get(name) == value for name, value in self.path.items())
        )

    def error(self) -> ApiError | None:
        """The answer that it gives; None where it gives none."""
        match self.effect:
            case Effect.SERVER_ERROR:
                return self.server_error()
            case Effect.TOO_MANY:
                return too_many(self.seconds, self.scope)
            case Effect.FIREWALL:
                return ApiError(429, 0, "You are being blocked from accessing our API temporarily")
            case Effect.REFUSED:
                return ApiError(self.status, self.code, f"{self.code}: the playground was told to refuse")
        refusal = _REFUSALS.get(self.effect)
        return None if refusal is None else refusal()

    def server_error(self) -> ApiError:
        """The answer of a server that fails."""
        return ApiError(self.status, 0, f"{self.status}: the playground was told to fail")


@dataclass
class Faults:
    """The faults that are switched on, the first that matches first."""

    switched_on: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> Fault:
        """Switches a fault on, and returns it."""
        self.switched_on.append(fault)
        return fault

    def clear(self) -> None:
        """Switches every fault off."""
        self.switched_on.clear()

    def remove(self, fault: Fault) -> None:
        """Switches a fault off, where it is on."""
        if fault in self.switched_on:
            self.switched_on.remove(fault)

    def take(
        self, method: str, route: str, path: Mapping[str, str], bot_id: int | None = None
    ) -> Fault | None:
        """The fault that hits this request, if any; it counts as one of its times."""
        for fault in self.switched_on:
            if fault.matches(method, route, path, bot_id):
                return self._hit(fault)
        return None

    def _hit(self, fault: Fault) -> Fault | None:
        if fault.after > 0:
            fault.after -= 1
            return None
        fault.hits += 1
        fault.times -= 1
        if fault.times <= 0:
            self.switched_on.remove(fault)
        return fault
