"""Fingerprints by which a finding is known again after the article was edited elsewhere."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from factcheck.hits import Hit
from factcheck.matching import Reading

if TYPE_CHECKING:
    from hashlib import _Hash


class Fingerprints:
    """Makes the fingerprints of one article; two findings alike in every word are told apart by their order."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def of(self, claim_type: str, reading: Reading, cue: Hit) -> str:
        """The fingerprint of a finding: 16 hexadecimal digits of its type, its sentence's words and its cue's words."""
        words, first = reading.analysis.remembered(
            ("fingerprint", claim_type, cue.start, cue.end), lambda: _first(claim_type, reading.words, cue)
        )
        seen = self._seen[first] = self._seen.get(first, 0) + 1
        return first if seen == 1 else _numbered(words, seen)


def _first(claim_type: str, words: tuple[str, ...], cue: Hit) -> tuple[_Hash, str]:
    key = "\x1f".join((claim_type, " ".join(words), " ".join(words[cue.start : cue.end])))
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass"))
    return digest, _numbered(digest, 1)


def _numbered(digest: _Hash, seen: int) -> str:
    numbered = digest.copy()
    numbered.update(f"\x1f{seen}".encode())
    return numbered.hexdigest()[:16]
