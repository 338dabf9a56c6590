"""Everything that can go wrong, as one tree.

Each error's message is one sentence for the person concerned: what is wrong and what to do. The cause for
operators is the chained exception (`raise … from cause`).
"""

from collections.abc import Sequence
from datetime import timedelta


class PaperboyError(Exception):
    """The root: its message can be shown to people as it is."""


class ConfigurationError(PaperboyError):
    """A setting or an argument is wrong; nothing was done."""


class RequestError(PaperboyError):
    """What a person asked for cannot be done as asked."""


class QueryError(RequestError):
    """A query cannot be understood.

    Attributes:
        position: where in the query text it went wrong, in characters from its start.
    """

    def __init__(self, message: str, *, position: int = 0) -> None:
        super().__init__(message)
        self.position = position


class UnknownClassificationError(RequestError):
    """No classification goes by this name.

    Attributes:
        nearest: the names it comes closest to, best first; may be empty.
        position: where in a query's text it stands, in characters from its start.
    """

    def __init__(self, message: str, *, nearest: Sequence[str] = (), position: int = 0) -> None:
        super().__init__(message)
        self.nearest = tuple(nearest)
        self.position = position


class NotFoundError(RequestError):
    """What was asked for is not in the archive."""


class NotADigestError(RequestError):
    """A file holds no digest table."""


class SourceError(PaperboyError):
    """A source of papers gave no usable answer."""


class SourceUnavailableError(SourceError):
    """The source did not answer, answered with a server error, or asks to come back later.

    Attributes:
        retry_after: how long the source asked to be left alone; None where it did not say.
    """

    def __init__(self, message: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class SourceRefusedError(SourceError):
    """The source refused the request (4xx); asking again as before will not help."""

    def __init__(self, message: str, *, status: int) -> None:
        super().__init__(message)
        self.status = status


class BadPayloadError(SourceError):
    """The source answered with something that is not what it should be, or too large."""


class StorageError(PaperboyError):
    """The database cannot do what was asked; nothing was half written."""


class DatabaseBusyError(StorageError):
    """Another process holds the database's write lock for too long."""


class DatabaseFullError(StorageError):
    """There is no room left on the disk."""


class DatabaseReadOnlyError(StorageError):
    """The database file or its folder cannot be written."""


class DatabaseUnusableError(StorageError):
    """The file is no database of ours, is damaged, or was written by a newer version."""


class DatabaseHeldError(StorageError):
    """Another bot is running on this database, or it belongs to another application."""


class PublishError(PaperboyError):
    """A message could not be published."""


class PublishRefusedError(PublishError):
    """Discord will not take this message there, however often it is sent."""


class PublishClosedError(PublishRefusedError):
    """The place is closed to the bot: a permission is missing, or the channel is gone or hidden."""


class PublishLaterError(PublishError):
    """The message was certainly not posted, and may be sent again after a while.

    Attributes:
        retry_after: how long to wait.
    """

    def __init__(self, message: str, *, retry_after: timedelta) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class PublishUncertainError(PublishError):
    """Nobody knows whether the message was posted: look before sending it again."""
