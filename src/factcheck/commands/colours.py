"""Whether what is printed has colours: the user's wish, else whether anybody sees them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TextIO


def wants_colour(stream: TextIO, environment: Mapping[str, str] | None = None) -> bool:
    """Whether to print colours on a stream.

    NO_COLOR turns them off, FORCE_COLOR or CLICOLOR_FORCE on, in this order; CLICOLOR=0 and TERM=dumb turn them off on a terminal, where
    they are on otherwise. A variable that is empty says nothing.
    """
    known = os.environ if environment is None else environment
    if known.get("NO_COLOR"):
        return False
    if any(known.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return stream.isatty() and known.get("CLICOLOR") != "0" and known.get("TERM") != "dumb"
