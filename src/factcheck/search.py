"""Finds phrases in a sentence, in one pass over its tokens.

The work per token is bounded (a gap spans at most a dozen words), so the time is linear in the text; ``states`` says why it hardly
depends on the number of rules.
"""

from __future__ import annotations

from factcheck.hits import Event, Found, Gaps, all_steps
from factcheck.ruleset.automaton import Automaton
from factcheck.states import Entries, State, States, states_of
from factcheck.tokens import CLAUSE_PUNCTUATION, WORDS, Tokens, is_word

# Words that begin another clause: a gap does not reach across them, nor across a comma before a new subject.
CLAUSE_WORDS = frozenset(
    "but which who whom whose while whilst although though whereas because unless however if when until whether".split()
)
SUBJECT_WORDS = frozenset("it they we you he she i this these those there so".split())
_BARRIERS = CLAUSE_PUNCTUATION | CLAUSE_WORDS

LONGEST_TAIL = 8
"""Most signs after the last word of a sentence."""

_Left = tuple[State, int, Gaps, Gaps, int]


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
        return Found()
    states = states_of(automaton, late)
    symbols = states.symbols(words, tokens.marked)
    entries = _entries_in(states, symbols)
    ahead = states.ahead(symbols, entries)
    sentence = _Sentence(words, symbols, entries, ahead)
    opening = _first_word(words)
    following = 0
    for state in map(states.phrases.__getitem__, symbols):
        index, following = following, following + 1
        # Most words begin some phrase, and most of these beginnings lead nowhere.
        if state is not None and (state.ends or state.needs & ahead[following]):
            sentence.walk(state, index, following)
        if index in entries:
            _walk_entries(states.phrases, sentence, index)
        if index == opening:
            state = states.bound[symbols[index]]
            if state is not None and (state.ends or state.needs & ahead[following]):
                sentence.walk(state, index, following)
            _walk_entries(states.bound, sentence, index)
    return Found(tuple(sentence.events))


def _walk_entries(root: State, sentence: _Sentence, index: int) -> None:
    """Follow the phrases that begin with a list entry of several words."""
    for symbol, following in sentence.entries.get(index, ()):
        state = root[symbol]
        if state is not None and (state.ends or state.needs & sentence.ahead[following]):
            sentence.walk(state, index, following)


def _entries_in(states: States, symbols: list[int]) -> Entries:
    out: Entries = {}
    last = len(symbols)
    for index, found in enumerate(map(states.entry.__getitem__, symbols)):
        following = index + 1
        while found is not None and following < last:
            found = found[symbols[following]]
            following += 1
            if found is not None and found.classes:
                out.setdefault(index, []).extend([(symbol, following) for symbol in found.classes])
    return out


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
        # What is left to follow: the state, its token, the gaps, and the steps; steps of one token since ``plain`` are not among them.
        stack: list[_Left] = [(state, index, (), ((first, index),), index)]
        while stack:
            state, index, gaps, steps, plain = stack.pop()
            while True:
                if state.ends:
                    self._end(state, first, index, gaps, steps, plain)
                standing = ahead[index]
                if not state.needs & standing:
                    break
                if state.needs_after_gaps & standing:
                    self._cross(state, index, gaps, all_steps(steps, plain, index), stack)
                if index in entries:
                    for symbol, following in entries[index]:
                        after = state[symbol]
                        if after is not None and (after.ends or after.needs & ahead[following]):
                            taken = (*all_steps(steps, plain, index), (index, following))
                            stack.append((after, following, gaps, taken, following))
                after = state[symbols[index]]
                if after is None:
                    break
                state = after
                index += 1

    def _end(self, state: State, first: int, index: int, gaps: Gaps, steps: Gaps, plain: int) -> None:
        if state.accepts is not None:
            self.events.append((state.accepts, first, index, gaps, steps, plain))
        if state.accepts_at_end is not None and self._at_end(index):
            self.events.append((state.accepts_at_end, first, index, gaps, steps, plain))

    def _cross(self, state: State, index: int, gaps: Gaps, steps: Gaps, stack: list[_Left]) -> None:
        """Add what follows after a gap of each length."""
        symbols, entries, ahead = self.symbols, self.entries, self.ahead
        for most, across in state.gaps:
            if not across.needs & ahead[index]:
                continue
            stop = self._reach(index, most)
            for later, after in enumerate(map(across.__getitem__, symbols[index:stop]), index):
                if after is not None and (after.ends or after.needs & ahead[later + 1]):
                    passed = (*gaps, (index, later)) if later > index else gaps
                    stack.append((after, later + 1, passed, (*steps, (later, later + 1)), later + 1))
                if later in entries:
                    passed = (*gaps, (index, later)) if later > index else gaps
                    for symbol, following in entries[later]:
                        after = across[symbol]
                        if after is not None:
                            stack.append((after, following, passed, (*steps, (later, following)), following))

    def _reach(self, index: int, most: int) -> int:
        """The token after the last at which a gap that begins at ``index`` may end."""
        if self.signs is None:
            self.signs, self.barriers = self._stops()
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

    def _stops(self) -> tuple[list[int], list[int]]:
        """The tokens that are no words, and those that no gap reaches across."""
        words = self.words
        signs = [index for index, plain in enumerate(map(WORDS.__getitem__, words)) if not plain]
        barriers = [] if _BARRIERS.isdisjoint(words) else [index for index, word in enumerate(words) if word in _BARRIERS]
        commas = [index for index in signs if words[index] == "," and self._new_subject(index + 1)]
        return signs, sorted(barriers + commas) if commas else barriers

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
