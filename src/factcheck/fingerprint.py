"""Fingerprints by which a finding is known again after the article was edited elsewhere."""

from __future__ import annotations

import hashlib
from collections import Counter

from factcheck.hits import Hit
from factcheck.matching import Reading


class Fingerprints:
    """Makes the fingerprints of one article; two findings alike in every word are told apart by their order."""

    def __init__(self) -> None:
        self._seen: Counter[bytes] = Counter()

    def of(self, claim_type: str, reading: Reading, cue: Hit) -> str:
        """The fingerprint of a finding: 16 hexadecimal digits of its type, its sentence's words and its cue's words."""
        words = reading.tokens.words
        key = "\x1f".join((claim_type, " ".join(words), " ".join(words[cue.start : cue.end])))
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass"))
        # Kept instead of the words, which are long.
        seen = digest.digest()
        self._seen[seen] += 1
        digest.update(f"\x1f{self._seen[seen]}".encode())
        return digest.hexdigest()[:16]
