from hypothesis import given
from hypothesis import strategies as st

from factcheck.tokens import tokenize


def words(text: str) -> list[str]:
    return list(tokenize(text).words)


def test_compounds_quotes_and_possessives_are_transparent() -> None:
    assert words("the leaf's “pain-relieving” oil") == ["the", "leaf", "pain", "relieving", "oil"]
    assert words("the leaf’s pain relieving oil") == ["the", "leaf", "pain", "relieving", "oil"]


def test_contractions_are_taken_apart() -> None:
    assert words("It doesn’t work, can't hurt, cannot harm, won't last; you'll see it's fine") == [
        "it", "does", "not", "work", ",", "can", "not", "hurt", ",", "can", "not", "harm", ",", "will", "not", "last", ";",
        "you", "will", "see", "it", "is", "fine",
    ]  # fmt: skip


def test_dashes_between_clauses_are_tokens_and_hyphens_inside_compounds_are_not() -> None:
    assert words("well-being - calm — rest, 5–10 drops") == ["well", "being", "—", "calm", "—", "rest", ",", "5", "10", "drops"]


def test_numbers_and_units_come_apart() -> None:
    assert words("1,000.5mg of B12 & 100%") == ["1,000.5", "mg", "of", "b12", "and", "100", "%"]


def test_capitals_are_kept_beside_the_normal_form() -> None:
    tokens = tokenize("The FDA and SSRIs")
    assert tokens.words == ("the", "fda", "and", "ssris")
    assert tokens.capitals == ("", "FDA", "", "SSRIs")


@given(st.text(alphabet=st.characters(exclude_characters="\0"), max_size=200))
def test_offsets_lie_in_the_text_and_ascend(text: str) -> None:
    tokens = tokenize(text)
    last = 0
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        assert last <= start < end <= len(text)
        last = end
