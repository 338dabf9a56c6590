from papers.reading.terms import BLOCKS, pieces, terms


def test_words_and_pairs_of_title_and_text_are_counted_apart() -> None:
    counts = terms("Red boats", "Red boats, red sails.").counts
    assert counts["t:red boats"] == 1
    assert (counts["w:red"], counts["w:boats red"]) == (2, 1)
    assert "t:sails" not in counts


def test_pieces_are_counted_over_both() -> None:
    assert pieces("tide") == (
        *("c: ti", "c:tid", "c:ide", "c:de "),
        *("c: tid", "c:tide", "c:ide "),
        *("c: tide", "c:tide "),
    )
    assert terms("tide", "tide tide").every()["c:tid"] == 3


def test_phrases_of_rules_are_marked_where_they_stand_in_the_title() -> None:
    counts = terms("Object detection", "Text to speech.").counts
    assert counts["p:^object detection"] == counts["p: object detection"] == counts["p: text to speech"] == 1
    assert "p:^text to speech" not in counts


def test_every_term_begins_with_its_block() -> None:
    paper = terms("Text to speech", "A vocoder.")
    assert {term[0] for term in paper.every()} == {*BLOCKS}
    assert {term[1] for term in paper.every()} == {":"}


def test_of_a_monstrous_word_only_the_beginning_is_cut() -> None:
    assert pieces("x" * 10_000) == pieces("x" * 5_000)
    assert len(pieces("x" * 10_000)) < 130
