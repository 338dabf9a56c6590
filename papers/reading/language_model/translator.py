"""Bullets in another language, for the papers that somebody gets in it."""

from collections.abc import Sequence
from datetime import timedelta

from papers.languages import ENGLISH, LANGUAGES, Language
from papers.matching import matches
from papers.models import Announcement, Enrichment, Statement, Subscription
from papers.ports import PaperStore, SubscriptionStore
from papers.query import parse
from papers.reading.language_model import prompts
from papers.reading.language_model.answers import Summary
from papers.reading.language_model.asking import LanguageModel, Question
from papers.reading.language_model.reader import tell_dropped
from papers.reading.language_model.rounds import Rounds
from papers.reading.language_model.statements import changed, said_before, text_of

_LOOK_AGAIN = timedelta(hours=1)
"""When a paper that nobody gets in the language is looked at again: somebody may have subscribed."""


class Translator:
    """`papers.ports.Enricher`: bullets written in another language from the same abstract, not from other bullets.

    A paper costs a request only where a subscription in that language takes it: one that began early enough, and whose
    query the paper answers. Another subscription is heeded at the next run.
    """

    def __init__(
        self,
        language: Language,
        model: LanguageModel,
        *,
        papers: PaperStore,
        subscriptions: SubscriptionStore,
    ) -> None:
        self._language = language
        self._model = model
        self._papers = papers
        self._subscriptions = subscriptions
        self._rounds = Rounds(model.clock)

    @property
    def name(self) -> str:
        """Another model, or other prompts, are another translator: bullets are written anew."""
        return f"translation:{self._language.code}:{self._model.name}:{prompts.VERSION}"

    @property
    def batch(self) -> int:
        """As many as are asked about at once."""
        return self._model.concurrency

    async def enrich(self, papers: Sequence[Announcement]) -> list[Enrichment]:
        """See `papers.ports.Enricher`: a paper without a usable answer is shown with the bullets that it has."""
        wanted = [one for one in await self._subscriptions.all() if one.language == self._language.code]

        async def read(paper: Announcement) -> Enrichment:
            if not await self._is_wanted(paper, wanted):
                return Enrichment(arxiv_id=paper.arxiv_id, again_at=self._model.clock.now() + _LOOK_AGAIN)
            return await self._read(paper)

        return await self._rounds.ask(papers, read)

    async def _is_wanted(self, paper: Announcement, wanted: Sequence[Subscription]) -> bool:
        kept = await self._papers.get(paper.arxiv_id) if wanted else None
        return kept is not None and any(
            kept.key >= one.start_key and matches(parse(one.query), kept.seen_in(one.destination.guild_id))
            for one in wanted
        )

    async def _read(self, paper: Announcement) -> Enrichment:
        text = text_of(paper)
        if text is None:
            return Enrichment(arxiv_id=paper.arxiv_id)
        code = self._language.code
        answer = await self._model.ask(Question(text, code, prompts.summary(self._language), Summary))
        bullets = text.bullets(answer.bullets, language=code)
        tell_dropped(paper, bullets, language=code)
        before = said_before(paper, self._model.name)
        return Enrichment(
            arxiv_id=paper.arxiv_id, statements=changed(before, _with(before, code, bullets.kept))
        )


def _with(said: Statement, code: str, bullets: tuple[str, ...]) -> Statement:
    others = {language: had for language, had in (said.translations or {}).items() if language != code}
    translations = {**others, code: bullets} if bullets else others
    return said.model_copy(update={"translations": translations or None})


async def translators(
    model: LanguageModel, *, papers: PaperStore, subscriptions: SubscriptionStore
) -> list[Translator]:
    """A translator for each language that a subscription asks for now, English aside: bullets are in English anyway."""
    codes = {subscription.language for subscription in await subscriptions.all()} - {ENGLISH}
    return [
        Translator(language, model, papers=papers, subscriptions=subscriptions)
        for language in LANGUAGES
        if language.code in codes
    ]
