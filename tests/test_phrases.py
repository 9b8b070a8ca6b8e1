import pytest

from factcheck.ruleset.inflection import Inflector
from factcheck.ruleset.phrase_compiler import Compiler
from factcheck.ruleset.phrases import ListReference, PhraseError, Words, parse
from factcheck.search import find
from factcheck.tokens import tokenize

INFLECTOR = Inflector(frozenset({"the", "of", "from", "to"}), {"be": ("is", "are", "was"), "take": ("takes", "took")})
LISTS = {"complaint": ["joint pain", "stress", "pain"]}


def known(name: str) -> str | None:
    return None if name in LISTS else f"there is no list '{name}'"


def found(phrase: str, text: str) -> list[str]:
    """The words that a phrase finds in a text."""
    compiler = Compiler()
    variants = parse(phrase, INFLECTOR, known)
    compiler.add_phrase(0, variants)
    for variant in variants:
        for symbol in variant:
            if isinstance(symbol, ListReference) and symbol.name in LISTS:
                entries = [parse(entry, INFLECTOR, known)[0] for entry in LISTS[symbol.name]]
                compiler.add_list(symbol, [tuple(w for w in entry if isinstance(w, Words)) for entry in entries])
    tokens = tokenize(text)
    hits = find(compiler.build(), tokens).hits({0}).get(0, [])
    return [text[tokens.starts[hit.start] : tokens.ends[hit.end - 1]] for hit in hits]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("relieve", "It relieves, relieved and is relieving.", ["relieves", "relieved", "relieving"]),
        ("=relieve", "It relieves; they relieve.", ["relieve"]),
        ("relieve:ing", "It relieves by relieving.", ["relieving"]),
        ("(ease|calm down) the mind", "Eases the mind, calms down the mind", ["Eases the mind", "calms down the mind"]),
        ("relief [from] stress", "relief stress, relief from stress", ["relief stress", "relief from stress"]),
        ("relieve {complaint}", "relieves joint pain", ["relieves joint pain"]),
        ("relieve ... stress", "relieves your everyday office stress", ["relieves your everyday office stress"]),
        ("relieve ...2 stress", "relieves your everyday office stress", []),
        ("relieve ... stress", "relieves pain; stress rises", []),
        ("relieve ... stress", "relieves pain, but stress rises", []),
        ("relieve ... stress", "relieves pain, and it brings stress", []),
        ("pain relieving", "a pain-relieving gel", ["pain-relieving"]),
        ("FDA approved", "FDA approved, fda approved", ["FDA approved"]),
        ("^ relieve", "Relieves pain", ["Relieves"]),
        ("^ relieve", "It relieves pain", []),
        ("^ relieve", "2. Relieves pain", ["Relieves"]),
        ("stress $", "It lowers stress.", ["stress"]),
        ("stress $", "Stress rises.", []),
        ("{number} mg", "Take 500 mg or two mg", ["500 mg", "two mg"]),
        ("by {ing}", "by relieving it, by nothing", ["by relieving"]),
        ("=$ {number}", "only $ 5", ["$ 5"]),
        ("neutralise", "It neutralizes acid", ["neutralizes"]),
        ("be safe", "It’s safe", ["’s safe"]),
        ("do not take", "Don't take it", ["Don't take"]),
    ],
)  # fmt: skip
def test_what_a_phrase_finds(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected


def test_the_nearest_and_fullest_words_make_the_match() -> None:
    assert found("relieve ... {complaint}", "relieves joint pain, stress and more") == ["relieves joint pain"]


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("(ease|calm", "'(' is not closed with ')'"),
        ("ease) it", "')' closes nothing that was opened"),
        ("{complaint", "'{' is not closed with '}'"),
        ("{complant}", "there is no list 'complant'"),
        ("(day|week)s later", "'s' sticks to a closing bracket and would be a word of its own; write it into the brackets"),
        ("ease ...", "a gap at the beginning or the end matches anything; leave it out"),
        ("ease ... ...2 it", "two gaps in a row; write one larger gap"),
        ("ease ...40 it", "a gap may span 1 to 12 words, not 40"),
        ("[ease]", "nothing to look for: a phrase needs a word or a list that is not optional"),
        ("ease ^ it", "'^' belongs at the beginning and '$' at the end of a phrase"),
        ("(a|)", "an empty alternative; write [x] for something that may be missing"),
        ("{complaint:past}", "':past' is no form; allowed: s, ed, ing, base"),
    ],
)
def test_mistakes_in_a_phrase_are_named(phrase: str, message: str) -> None:
    with pytest.raises(PhraseError) as caught:
        parse(phrase, INFLECTOR, known)
    assert str(caught.value) == message
