"""A rule folder of one's own, as several tests lay it over the built-in rules."""

from __future__ import annotations

OWN_RULE = """\
claim_type: mechanism
title: Mechanism
definition: Says how the product acts.
rules:
  - id: mechanism.untangles
    title: Says that karma is untangled
    strength: 3
    match: [untangle your karma]
    why: Says that fate is put in order, which nothing measures.
    examples:
      overstated: [The lamp untangles your karma.]
      qualified: [The lamp may untangle your karma.]
      no_claim: [She untangled the rope.]
"""
