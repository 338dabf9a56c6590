"""A few names that mentions can be of."""

from collections.abc import Mapping
from typing import ClassVar


class FewNames:
    """Knows one user (1), two roles (2, and 3 that is everybody's), and a channel (4)."""

    _users: ClassVar[Mapping[int, str]] = {1: "mika"}
    _roles: ClassVar[Mapping[int, str]] = {2: "readers", 3: "@everyone"}
    _channels: ClassVar[Mapping[int, str]] = {4: "papers"}

    def user(self, user_id: int) -> str | None:
        """The user's name."""
        return self._users.get(user_id)

    def role(self, role_id: int) -> str | None:
        """The role's name."""
        return self._roles.get(role_id)

    def channel(self, channel_id: int) -> str | None:
        """The channel's name."""
        return self._channels.get(channel_id)
