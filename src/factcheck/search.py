"""Finds phrases in a sentence, in one pass over its tokens.

The work per token is bounded (a gap spans at most a dozen words), so the time is linear in the text; ``states`` says why it hardly
depends on the number of rules.
"""

from __future__ import annotations

from typing import NamedTuple

from factcheck.alphabet import Alphabet, Entries
from factcheck.hits import NOTHING, Event, Found, Gaps, Steps
from factcheck.ruleset.automaton import Automaton
from factcheck.states import Root, State, states_of
from factcheck.tokens import CLAUSE_PUNCTUATION, MOST_REMEMBERED, Tokens, is_word, may_come_again

# Words that begin another clause: a gap does not reach across them, nor across a comma before a new subject.
CLAUSE_WORDS = frozenset(
    "but which who whom whose while whilst although though whereas because unless however if when until whether".split()
)
SUBJECT_WORDS = frozenset("it they we you he she i this these those there so".split())

LONGEST_TAIL = 8
"""Most signs after the last word of a sentence."""

_SIGN, _CLAUSE_SIGN, _CLAUSE_WORD = "sign", "sign between clauses", "word between clauses"


class _Kinds(dict[str, str]):
    """Token to what it is for gaps: one of the kinds above, "" for any other word."""

    def __missing__(self, token: str) -> str:
        kind = _CLAUSE_WORD if token in CLAUSE_WORDS else ""
        if not is_word(token):
            kind = _CLAUSE_SIGN if token in CLAUSE_PUNCTUATION else _SIGN
        if len(self) < MOST_REMEMBERED and may_come_again(token):
            self[token] = kind
        return kind


_KINDS = _Kinds()

_Left = tuple[State, int, Gaps, Steps, int]


def find(automaton: Automaton, tokens: Tokens, late: bool = False) -> Found:
    """Find phrases in the tokens of one sentence.

    Args:
        automaton: the compiled phrases.
        tokens: the sentence.
        late: look for the late phrases of the automaton instead of the others.

    Returns:
        The phrases found.
    """
    words = tokens.words
    if not words:
        return NOTHING
    states = states_of(automaton, late)
    symbols, entries = _spelled(states.alphabet, tokens, late)
    sentence = _Sentence(words, symbols, entries, states.ahead(symbols, entries))
    ahead, events = sentence.ahead, sentence.events
    opening = _first_word(words)
    following = 0
    for state in map(states.phrases.state.__getitem__, symbols):
        index, following = following, following + 1
        # Most words begin some phrase, and most of these beginnings lead nowhere or end at once.
        if state is not None:
            standing = ahead[following]
            if state.needs & standing:
                if state.ends or state.needs_after_gaps & standing or following in entries:
                    sentence.walk(state, index, following)
                else:
                    after = state[symbols[following]]
                    if after is not None and (after.ends or after.needs & ahead[following + 1]):
                        sentence.walk(state, index, following)
            elif state.accepts_at_end is not None:
                sentence.end(state, index, following, (), (), index)
            elif state.accepts is not None:
                events.append((state.accepts, index, following))
        if index in entries:
            _walk_entries(states.phrases, sentence, index)
        if index == opening:
            _walk_bound(states.bound, sentence, index)
    return Found(tuple(events)) if events else NOTHING


def _spelled(alphabet: Alphabet, tokens: Tokens, last: bool) -> tuple[list[int], Entries]:
    """The symbols of some tokens and the list entries of several words among them, kept for the next search unless it is the last."""
    known = tokens.spelled
    if not isinstance(known, _Spelled) or known.alphabet is not alphabet:
        symbols = alphabet.symbols(tokens.words, tokens.marked)
        known = _Spelled(alphabet, symbols, alphabet.entries(symbols))
    tokens.spelled = None if last else known
    return known.symbols, known.entries


class _Spelled(NamedTuple):
    alphabet: Alphabet
    symbols: list[int]
    entries: Entries


def _walk_bound(root: Root, sentence: _Sentence, index: int) -> None:
    """Follow the phrases that are bound to the beginning of the sentence."""
    state = root.state[sentence.symbols[index]]
    if state is not None:
        sentence.walk(state, index, index + 1)
    if index in sentence.entries:
        _walk_entries(root, sentence, index)


def _walk_entries(root: Root, sentence: _Sentence, index: int) -> None:
    """Follow the phrases that begin with a list entry of several words."""
    for symbols, following in sentence.entries[index]:
        for state in root[symbols]:
            if state.ends or state.needs & sentence.ahead[following]:
                sentence.walk(state, index, following)


class _Sentence:
    """One sentence while it is searched; ``ahead`` are the masks of what stands from each token on."""

    __slots__ = ("ahead", "barriers", "entries", "events", "signs", "symbols", "words")

    def __init__(self, words: tuple[str, ...], symbols: list[int], entries: Entries, ahead: list[int]) -> None:
        self.words = words
        self.ahead = ahead
        self.symbols = symbols
        self.entries = entries
        self.events: list[Event] = []
        self.signs: list[int] | None = None
        self.barriers: list[int] = []

    def walk(self, state: State, first: int, index: int) -> None:
        """Follow the phrases that begin with the step from ``first`` to ``index``."""
        symbols, entries, ahead = self.symbols, self.entries, self.ahead
        gaps: Gaps = ()
        # Each token from ``plain`` on is a step of its own.
        steps: Steps = () if index == first + 1 else ((), first, first, first, index)
        plain = index if steps else first
        stack: list[_Left] = []
        while True:
            standing = ahead[index]
            if state.ends:
                self.end(state, first, index, gaps, steps, plain)
            if state.needs & standing:
                if state.needs_after_gaps & standing:
                    self._cross(state, index, gaps, steps, plain, stack)
                if index in entries:
                    self._enter(state, index, index, gaps, steps, plain, stack)
                after = state[symbols[index]]
                if after is not None:
                    state = after
                    index += 1
                    continue
            if not stack:
                return
            state, index, gaps, steps, plain = stack.pop()

    def end(self, state: State, first: int, index: int, gaps: Gaps, steps: Steps, plain: int) -> None:
        """Note the phrases that end in a state."""
        simple = plain == first and not gaps
        for endings in (state.accepts, state.accepts_at_end):
            if endings is not None and (endings is state.accepts or self._at_end(index)):
                self.events.append((endings, first, index) if simple else (endings, first, index, gaps, steps, plain))

    def _enter(self, state: State, index: int, since: int, gaps: Gaps, steps: Steps, plain: int, stack: list[_Left]) -> None:
        """Add what follows after list entries of several words at ``index``; the steps of one token go from ``plain`` to ``since``."""
        for symbols, following in self.entries[index]:
            for symbol in symbols:
                after = state[symbol]
                if after is not None and (after.ends or after.needs & self.ahead[following]):
                    stack.append((after, following, gaps, (steps, plain, since, index, following), following))

    def _cross(self, state: State, index: int, gaps: Gaps, steps: Steps, plain: int, stack: list[_Left]) -> None:
        """Add what follows after a gap of each length."""
        symbols, entries, ahead = self.symbols, self.entries, self.ahead
        for most, across in state.gaps:
            if not across.needs & ahead[index]:
                continue
            stop = self._reach(index, most)
            for later, after in enumerate(map(across.__getitem__, symbols[index:stop]), index):
                if after is not None and (after.ends or after.needs & ahead[later + 1]):
                    passed = (*gaps, (index, later)) if later > index else gaps
                    stack.append((after, later + 1, passed, (steps, plain, index, later, later + 1), later + 1))
                if later in entries:
                    self._enter(across, later, index, (*gaps, (index, later)) if later > index else gaps, steps, plain, stack)

    def _reach(self, index: int, most: int) -> int:
        """The token after the last at which a gap that begins at ``index`` may end."""
        if self.signs is None:
            self.signs = self._stops()
        token = index + most
        # A sign takes no place among the words of a gap.
        for sign in self.signs:
            if index <= sign < token:
                token += 1
        for barrier in self.barriers:
            if barrier >= index:
                token = min(token, barrier)
                break
        return min(token + 1, len(self.words))

    def _stops(self) -> list[int]:
        """The tokens that are no words; ``barriers`` become those that no gap reaches across."""
        words, signs = self.words, []
        for index, kind in enumerate(map(_KINDS.__getitem__, words)):
            if kind:
                if kind is not _CLAUSE_WORD:
                    signs.append(index)
                if kind is not _SIGN or (words[index] == "," and self._new_subject(index + 1)):
                    self.barriers.append(index)
        return signs

    def _new_subject(self, index: int) -> bool:
        words = self.words
        if index < len(words) and words[index] == "and":
            index += 1
        return index < len(words) and words[index] in SUBJECT_WORDS

    def _at_end(self, index: int) -> bool:
        words = self.words
        return len(words) - index <= LONGEST_TAIL and not any(is_word(word) for word in words[index:])


def _first_word(words: tuple[str, ...]) -> int:
    """The token at which the sentence begins: list markers, numbering and opening signs are passed over."""
    for index, word in enumerate(words):
        if is_word(word):
            numbering = word.isdigit() and index + 1 < len(words) and words[index + 1] in {".", ")", ":"}
            if not numbering:
                return index
    return 0
