"""What is asked about papers that are kept already, and what people put right."""

from datetime import datetime

from papers.models.common import Model
from papers.models.paper import Statement


class Enrichment(Model):
    """What became of asking about one paper.

    Attributes:
        arxiv_id: the paper, without version.
        statements: what is said of it now; none where there is nothing to say.
        again_at: when to ask again; None: not until its title or abstract changes.
    """

    arxiv_id: str
    statements: tuple[Statement, ...] = ()
    again_at: datetime | None = None


class NewCorrection(Model):
    """What a person says a paper's classifications are; it counts in their server."""

    guild_id: int
    arxiv_id: str
    person: int
    classifications: tuple[str, ...]
    at: datetime


class Correction(NewCorrection):
    """A correction that is kept.

    Attributes:
        replaced: what everybody saw when it was made.
        counts: whether it stands in its server; a promoted one that its person took back does not.
        promoted: whether the operator made it everybody's.
    """

    id: int
    replaced: tuple[str, ...]
    counts: bool
    promoted: bool
