from datetime import date

from cogs.cards.provenance import provenance
from papers.models import Origin, Paper, Part, first_key

PAPER = Paper(key=first_key(date(2026, 6, 3)), arxiv_id="2606.00001", title="T")


def told(origins: dict[Part, Origin], **makers: str) -> str:
    named = {Part(part): maker for part, maker in makers.items()}
    return provenance(PAPER.model_copy(update={"origins": origins, "makers": named}))


def test_nothing_is_said_of_a_paper_that_was_not_read() -> None:
    assert told({Part.TITLE: Origin.HUB, Part.LEAD: Origin.HUB}) == ""


def test_each_part_names_its_origin() -> None:
    read = {
        Part.BULLETS: Origin.EXTRACT,
        Part.CLASSIFICATIONS: Origin.SHIPPED_MODEL,
        Part.LINKS: Origin.PAGES,
    }
    assert told(read) == "Bullets: abstract · Labels: Paperboy’s own model · Links: the paper’s pages"


def test_the_lead_is_named_where_it_is_shown() -> None:
    assert told({Part.BULLETS: Origin.EXTRACT, Part.LEAD: Origin.HUB}) == "Bullets: Hugging Face, abstract"
    assert told({Part.BULLETS: Origin.DIGEST, Part.LEAD: Origin.HUB}) == "Bullets: digest"


def test_a_language_model_is_named_by_its_name_and_a_nameless_one_is_not() -> None:
    both = {Part.BULLETS: Origin.LANGUAGE_MODEL, Part.CLASSIFICATIONS: Origin.LANGUAGE_MODEL}
    assert told(both, bullets="qwen3:8b") == "Bullets: qwen3:8b · Labels: a language model"
    assert told({Part.CLASSIFICATIONS: Origin.PERSON}, classifications="x") == "Labels: corrected by people"
