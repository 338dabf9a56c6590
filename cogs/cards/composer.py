"""Messages of papers, in the style that a subscription asks for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from cogs.cards import buttons, digest, headline, posts
from cogs.cards.notice import notice, people_to_tell
from cogs.cards.paper import SHORT_CARD, card
from cogs.cards.remembering import remembering
from cogs.cards.wording import Words, words
from papers.delivery import outbox_id
from papers.models import (
    Batch,
    Destination,
    Form,
    Kind,
    NewMessage,
    Paper,
    Payload,
    PostedMessage,
    Style,
    Subscription,
)

_WHOLE = "message"
"""In the context of a message that no paper changes: its payload."""


class CardComposer:
    """The `Composer`: embeds of papers, each made once, and buttons that carry outbox ids."""

    def __init__(self) -> None:
        self._embed = remembering(lambda paper: card(paper, SHORT_CARD))
        self._entry = remembering(digest.entry_of)

    def compose(self, batch: Batch) -> Sequence[NewMessage]:
        """The messages of a batch, frozen, in the order in which they are sent, in the style of its subscription.

        Every paper is in exactly one of them. The first pings the subscription's role, nothing else pings anybody.
        Where papers are only told of, one message tells of them; where there are none at all, there is no message.
        """
        if not batch.papers:
            messages = [_told(batch)] if batch.summarised else []
        else:
            styles = {
                Style.CARDS: self._cards,
                Style.DIGEST: self._digests,
                Style.THREAD: self._thread,
                Style.FORUM: self._posts,
            }
            messages = styles[batch.subscription.style](batch)
        if batch.subscription.publish:
            messages.extend([*_publishing(batch.subscription.destination, messages)])
        return messages

    def again(self, message: PostedMessage) -> Payload:
        """A posted message with its papers as they are now; of a post, all of it, as it was composed."""
        seen = [
            paper.seen_in(message.destination.guild_id).in_language(message.language)
            for paper in message.papers
        ]
        match message.form:
            case Form.CARD:
                said = Words.model_validate(message.context)
                shown = self._card(seen[0], message.outbox_id, said)
                return posts.post(seen[0], shown) if message.kind is Kind.POST else shown
            case Form.DIGEST:
                entries = [self._entry(paper) for paper in seen]
                return _digest(entries, message.outbox_id, Words.model_validate(message.context))
            case _:
                return cast("Payload", message.context[_WHOLE])

    def notice(self, subscriptions: Sequence[Subscription], reason: str) -> Mapping[Destination, NewMessage]:
        """What those who made subscriptions of a closed place are told in direct messages."""
        return {
            person: _notice(person, made, reason) for person, made in people_to_tell(subscriptions).items()
        }

    def _cards(self, batch: Batch) -> list[NewMessage]:
        said = words(batch, len(batch.papers))
        cards = [
            self._new_card(batch, paper, said=line) for paper, line in zip(batch.papers, said, strict=True)
        ]
        return _telling_of_the_rest(cards, batch)

    def _digests(self, batch: Batch) -> list[NewMessage]:
        parcels = digest.parcels([self._entry(paper) for paper in batch.papers])
        messages = []
        for entries, said in zip(parcels, words(batch, len(parcels)), strict=True):
            papers = [entry.paper for entry in entries]
            name = outbox_id(batch.subscription.destination, *_ids(papers), form=Form.DIGEST)
            messages.append(
                NewMessage(
                    id=name,
                    form=Form.DIGEST,
                    papers=_keys(papers),
                    context=_kept(said),
                    payload=_digest(entries, name, said),
                )
            )
        return _telling_of_the_rest(messages, batch)

    def _thread(self, batch: Batch) -> list[NewMessage]:
        place, query = batch.subscription.destination, batch.subscription.query
        name = outbox_id(place, *_ids(batch.papers), form=Form.HEADLINE)
        [said] = words(batch, 1)
        opening = headline.headline(batch.papers, name, query=query, words=said)
        first = NewMessage(id=name, form=Form.HEADLINE, context={_WHOLE: opening}, payload=opening)
        thread = NewMessage(
            id=outbox_id(place, name, form=Form.NOTHING, step="thread"),
            kind=Kind.THREAD,
            after=name,
            form=Form.NOTHING,
            payload={"name": headline.thread_name(batch.papers)},
        )
        cards = [self._new_card(batch, paper, after=thread.id) for paper in batch.papers]
        return [*_telling_of_the_rest([first], batch), thread, *cards]

    def _posts(self, batch: Batch) -> list[NewMessage]:
        """A post a paper, the best one last: a forum shows the newest post first."""
        said = words(batch, len(batch.papers))
        cards = [
            self._new_card(batch, paper, said=line, kind=Kind.POST)
            for paper, line in zip(reversed(batch.papers), said, strict=True)
        ]
        return _telling_of_the_rest(cards, batch)

    def _new_card(
        self,
        batch: Batch,
        paper: Paper,
        *,
        said: Words | None = None,
        kind: Kind = Kind.MESSAGE,
        after: str | None = None,
    ) -> NewMessage:
        said = said or Words()
        name = outbox_id(batch.subscription.destination, paper.arxiv_id)
        shown = self._card(paper, name, said)
        return NewMessage(
            id=name,
            kind=kind,
            after=after,
            papers=(paper.key,),
            context=_kept(said),
            payload=posts.post(paper, shown) if kind is Kind.POST else shown,
        )

    def _card(self, paper: Paper, name: str, said: Words) -> Payload:
        row = buttons.row(buttons.more(name, paper.arxiv_id))
        return buttons.message([self._embed(paper)], row, content=said.content, role_id=said.role_id)


def _digest(entries: Sequence[digest.Entry], name: str, said: Words) -> Payload:
    row = buttons.row(buttons.paper_menu([entry.paper for entry in entries], name))
    return buttons.message(digest.embeds(entries), row, content=said.content, role_id=said.role_id)


def _told(batch: Batch) -> NewMessage:
    """The one message of a batch without papers to be shown."""
    place, papers = batch.subscription.destination, batch.summarised
    name = outbox_id(place, *_ids(papers), form=Form.HEADLINE)
    [said] = words(batch, 1)
    payload = headline.told(papers, name, words=said)
    is_post = batch.subscription.style is Style.FORUM
    whole = posts.post_of_the_rest(papers, payload) if is_post else payload
    return NewMessage(
        id=name,
        kind=Kind.POST if is_post else Kind.MESSAGE,
        form=Form.HEADLINE,
        summarised=_keys(papers),
        context={_WHOLE: whole},
        payload=whole,
    )


def _notice(person: Destination, subscriptions: Sequence[Subscription], reason: str) -> NewMessage:
    closed = subscriptions[0].closed
    since = closed.since.isoformat() if closed else reason
    place = str(subscriptions[0].destination.target_id)
    name = outbox_id(person, place, since, form=Form.NOTICE)
    payload = notice(subscriptions, reason, name)
    return NewMessage(id=name, form=Form.NOTICE, context={_WHOLE: payload}, payload=payload)


def _publishing(place: Destination, messages: Sequence[NewMessage]) -> Iterator[NewMessage]:
    """A step for each message in the channel itself that shows it to the channels that follow."""
    for message in messages:
        if message.kind is Kind.MESSAGE and message.after is None:
            yield NewMessage(
                id=outbox_id(place, message.id, form=Form.NOTHING, step="publish"),
                kind=Kind.PUBLISH,
                after=message.id,
                form=Form.NOTHING,
                payload={},
            )


def _telling_of_the_rest(messages: Sequence[NewMessage], batch: Batch) -> list[NewMessage]:
    """The last message is the one that tells of the papers that are not shown."""
    *others, last = messages
    return [*others, last.model_copy(update={"summarised": _keys(batch.summarised)})]


def _kept(said: Words) -> dict[str, object]:
    return said.model_dump(exclude_defaults=True)


def _ids(papers: Sequence[Paper]) -> list[str]:
    return [paper.arxiv_id for paper in papers]


def _keys(papers: Sequence[Paper]) -> tuple[int, ...]:
    return tuple(paper.key for paper in papers)
