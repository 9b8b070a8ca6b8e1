"""Rule files to a compiled rule set."""

from factcheck.ruleset.loading import builtin_folder, load
from factcheck.ruleset.values import QualifierRule, Rule, RuleSet

__all__ = ["QualifierRule", "Rule", "RuleSet", "builtin_folder", "load"]
