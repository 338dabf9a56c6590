"""Papers read by a language model."""

import logging
from collections.abc import Sequence

from papers.languages import ENGLISH
from papers.models import Announcement, Enrichment
from papers.reading.language_model import prompts
from papers.reading.language_model.answers import Reading
from papers.reading.language_model.asking import LanguageModel, Question
from papers.reading.language_model.bullets import Bullets
from papers.reading.language_model.checks import classifications
from papers.reading.language_model.rounds import Rounds
from papers.reading.language_model.statements import changed, said_before, text_of

log = logging.getLogger(__name__)


class LanguageModelReader:
    """`papers.ports.Enricher`: bullets, classifications and links in one answer, checked against the text."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._rounds = Rounds(model.clock)

    @property
    def name(self) -> str:
        """Another model, or other prompts, are another reader: papers are read anew."""
        return f"language-model:{self._model.name}:{prompts.VERSION}"

    @property
    def batch(self) -> int:
        """As many as are asked about at once."""
        return self._model.concurrency

    async def enrich(self, papers: Sequence[Announcement]) -> list[Enrichment]:
        """See `papers.ports.Enricher`: a paper without a usable answer keeps what was read without the model."""
        return await self._rounds.ask(papers, self._read)

    async def _read(self, paper: Announcement) -> Enrichment:
        text = text_of(paper)
        if text is None:
            return Enrichment(arxiv_id=paper.arxiv_id)
        question = Question(text, ENGLISH, prompts.reading(), Reading)
        answer = await self._model.ask(question)
        bullets = text.bullets(answer.bullets)
        tell_dropped(paper, bullets)
        before = said_before(paper, self._model.name)
        said = before.model_copy(
            update={
                "maker": self._model.name,
                "bullets": bullets.kept or None,
                "classifications": classifications(answer) or None,
                "links": text.links(answer.links) or None,
            }
        )
        return Enrichment(arxiv_id=paper.arxiv_id, statements=changed(before, said))


def tell_dropped(paper: Announcement, bullets: Bullets, *, language: str = ENGLISH) -> None:
    """Notes in the log which bullets are not used, and why."""
    for dropped in bullets.dropped:
        log.info("a bullet (%s) for %s is dropped: it %s", language, paper.arxiv_id, dropped.reason)
