"""Articles checked the way their configuration says: which checker, and what does not count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from factcheck.baseline import Baseline, overstated_in, read_baseline
from factcheck.checker import Checker
from factcheck.configuration import Configuration, option_of
from factcheck.configuration.files import Suppress
from factcheck.configuration.settings import SETTINGS
from factcheck.errors import ConfigurationError
from factcheck.model import Document, Notice, Report
from factcheck.ruleset import load
from factcheck.selection import Names, is_fingerprint, names_of
from factcheck.suppressions import Request, requests_of, unused, with_suppressions

__all__ = ["ConfiguredChecker", "checker_for"]


def checker_for(configuration: Configuration) -> Checker:
    """A checker with the rules, standard, packs, ``only`` and ``disable`` of a configuration.

    Raises ConfigurationError, with the place of the setting, when it names what no rule file knows, and RuleError for mistakes in those.
    """
    rules = load([Path(folder) for folder in configuration.texts("rules")])
    names = names_of(rules)
    mistakes = [
        f"{_place(configuration, setting)} {mistake}"
        for setting in ("only", "disable")
        for name in configuration.texts(setting)
        if (mistake := names.mistake_in(name, pattern=True))
    ]
    mistakes += [f"{entry.where}: [[suppress]] {mistake}" for entry in configuration.suppress if (mistake := _mistake_in(entry, names))]
    if mistakes:
        raise ConfigurationError("\n".join(mistakes))
    standard, packs = configuration.text("standard"), configuration.texts("packs")
    return Checker(rules, standard=standard, packs=packs, only=configuration.texts("only"), disable=configuration.texts("disable"))


def _mistake_in(entry: Suppress, names: Names) -> str:
    if entry.by == "fingerprint":
        return "" if is_fingerprint(entry.name) else f"'{entry.name}' is no fingerprint, which is 16 digits 0-9 and a-f, as in a report"
    known = {"type": names.claim_types, "rule": names.rules, "check": names.checks}[entry.by]
    return "" if entry.name in known else names.mistake_in(entry.name) or f"'{entry.name}' is no {entry.by}"


def _place(configuration: Configuration, setting: str) -> str:
    origin = configuration.origins[setting]
    return f"{option_of(SETTINGS[setting])}:" if origin.startswith("command line") else f"{origin}: '{setting}':"


class ConfiguredChecker:
    """Checks articles of one configuration and says of each report what does not count."""

    def __init__(self, configuration: Configuration, checker: Checker | None = None, *, with_baseline: bool = True) -> None:
        """Prepare for checking.

        Args:
            configuration: the settings.
            checker: one that ``checker_for`` made of an equal ``configuration.judging``, if there is one already.
            with_baseline: whether to read the configuration's baseline.

        Raises:
            FactcheckError: as ``checker_for``, and when the baseline cannot be read.
        """
        self.configuration = configuration
        self.checker = checker or checker_for(configuration)
        path = configuration.text("baseline") if with_baseline else ""
        self.baseline: Baseline | None = read_baseline(path) if path else None
        self._used: set[Suppress] = set()

    def check(self, document: Document) -> Report:
        """Check a document and mark what is suppressed."""
        return self.finish(self.checker.check(document))

    def finish(self, report: Report) -> Report:
        """A report of the checker, marked with what the article's comments, the configuration and the baseline suppress.

        Comments that are malformed or hide nothing, and entries of the baseline that are not needed any more, become its notices.
        """
        inline, notices = requests_of(report, self.checker.names)
        configured = {self._request(entry): entry for entry in self.configuration.suppress if entry.applies_to(report.document.id)}
        accepted = self.baseline.requests(report.document.id) if self.baseline else []
        marked, used = with_suppressions(report, [*inline, *configured, *accepted])
        self._used.update(configured[request] for request in used if request in configured)
        notices += unused(inline, used, self.checker.looks_for)
        notices += self._resolved(report, accepted)
        return replace(marked, notices=tuple(notices))

    def _request(self, entry: Suppress) -> Request:
        return Request("configuration", entry.name, entry.reason, entry.where, f"{entry.by} {entry.name}")

    def _resolved(self, report: Report, accepted: Sequence[Request]) -> list[Notice]:
        there = overstated_in(report)
        gone = [request for request in accepted if request.name not in there and self.checker.looks_for(request.name)]
        if not gone or self.baseline is None:
            return []
        what = "1 accepted overstatement is" if len(gone) == 1 else f"{len(gone)} accepted overstatements are"
        article = report.document.id
        return [Notice(f"{what} no longer in {article}; take out with: factcheck baseline prune {article}", str(self.baseline.path))]

    def leftover(self, reports: Sequence[Report]) -> list[Report]:
        """The reports of all articles, with a notice where a suppression of the configuration names an article and hid nothing in any."""
        idle = [entry for entry in self.configuration.suppress if entry not in self._used and self.checker.looks_for(entry.name)]
        out = []
        for report in reports:
            mine = [self._request(entry) for entry in idle if entry.applies_to(report.document.id)]
            out.append(replace(report, notices=(*report.notices, *unused(mine, frozenset(), self.checker.looks_for))))
        return out
