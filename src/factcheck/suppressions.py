"""Findings that do not count, because somebody said so and gave a reason: in a comment, in the configuration, or by a baseline.

They stay in the report. A suppression never reaches beyond what it names, and one that is malformed hides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from factcheck.directives import Order, order_of
from factcheck.model import SUPPRESSIONS, Directive, DocumentFinding, Finding, Notice, Report, Span, Suppression, SuppressionKind
from factcheck.selection import Names, names_in
from factcheck.summary import counts_of, rating_of


@dataclass(frozen=True, slots=True)
class Request:
    """One name that should not count: a claim type, a rule, a check or a fingerprint; with the reason and ``where`` it is written.

    ``reach`` is the part of the article it holds for, None for all of it. ``words`` quote it in messages.
    """

    kind: SuppressionKind
    name: str
    reason: str
    where: str
    words: str
    reach: Span | None = None

    def covers(self, finding: Finding | DocumentFinding) -> bool:
        """Whether it names this finding and reaches all its words."""
        if self.name not in names_in(finding):
            return False
        return self.reach is None or isinstance(finding, DocumentFinding) or self.reach.covers(finding.span)


def requests_of(report: Report, names: Names) -> tuple[list[Request], list[Notice]]:
    """What the comments of an article ask for, and what is wrong with those that hide nothing.

    Args:
        report: of the article; its document has the comments.
        names: those that a comment may name.
    """
    reading = _Comments(report, names)
    for directive in report.document.directives:
        reading.take(directive)
    return reading.finished()


class _Comments:
    """One walk over the comments of an article; ``_open`` holds what is off."""

    def __init__(self, report: Report, names: Names) -> None:
        self._report = report
        self._names = names
        self._open: list[Request] = []
        self._done: list[Request] = []
        self._notices: list[Notice] = []

    def take(self, directive: Directive) -> None:
        where = f"{self._report.document.id}:{directive.location}"
        order = order_of(directive.words, lambda name: self._names.mistake_in(name, fingerprint=True))
        if isinstance(order, str):
            self._notices.append(Notice(f"factcheck comment: {order} (it suppresses nothing)", where))
        elif order.verb == "on":
            self._end(order, directive.offset, where)
        elif mistake := self._misplaced(order, directive.offset):
            self._notices.append(Notice(f"factcheck comment: {mistake} (it suppresses nothing)", where))
        else:
            reach = self._reach(order, directive.offset)
            for name in order.names:
                whole = None if name in self._names.checks else reach
                request = Request("inline", name, order.reason, where, f"{order.verb} {name}", whole)
                (self._open if order.verb == "off" else self._done).append(request)

    def _misplaced(self, order: Order, offset: int) -> str:
        """What is wrong with the sentence that an order is for, "" if nothing is."""
        if order.verb == "off-next":
            if check := next((name for name in order.names if name in self._names.checks), ""):
                return f"{check} is about the article as a whole, not about a sentence; write: off {check} -- reason"
            if self._reach(order, offset) is None:
                return "no sentence begins after 'off-next'"
        return ""

    def _reach(self, order: Order, offset: int) -> Span | None:
        if order.verb == "off":
            return Span(offset, max(offset, len(self._report.document.text)))
        return next((sentence.span for sentence in self._report.sentences if sentence.span.start >= offset), None)

    def _end(self, order: Order, offset: int, where: str) -> None:
        ended = [request for request in self._open if not order.names or request.name in order.names]
        if not ended:
            of_what = f" of {', '.join(order.names)}" if order.names else ""
            self._notices.append(Notice(f"factcheck comment: 'on' ends nothing, since nothing{of_what} is off here", where))
        self._open = [request for request in self._open if request not in ended]
        self._done += [
            request if request.reach is None else replace(request, reach=Span(request.reach.start, max(request.reach.start, offset)))
            for request in ended
        ]

    def finished(self) -> tuple[list[Request], list[Notice]]:
        return [*self._done, *self._open], self._notices


def with_suppressions(report: Report, requests: Sequence[Request], notices: Iterable[Notice] = ()) -> tuple[Report, frozenset[Request]]:
    """The report with what is suppressed, and the requests that hid something.

    Only what is overstated is suppressed; of several requests for one finding a comment comes before the configuration, and that
    before a baseline. The summary leaves out what is suppressed.

    Args:
        report: all that was found.
        requests: what should not count.
        notices: what to tell besides, kept in the report.
    """
    used: set[Request] = set()
    suppressions: dict[str, Suppression] = {}
    ordered = sorted(requests, key=lambda request: SUPPRESSIONS.index(request.kind))
    found: list[Finding | DocumentFinding] = [*report.findings, *report.document_findings]
    for finding in found:
        covering = [request for request in ordered if request.covers(finding)] if finding.rating != "none" else []
        if covering:
            used.update(covering)
            first = covering[0]
            key = finding.check if isinstance(finding, DocumentFinding) else finding.fingerprint
            suppressions[key] = Suppression(key, first.kind, first.reason, first.where)
    counted = tuple(finding for finding in report.findings if finding.fingerprint not in suppressions)
    whole = tuple(finding for finding in report.document_findings if finding.check not in suppressions)
    summary = replace(report.summary, rating=rating_of(counted, whole), counts=counts_of(counted)) if suppressions else report.summary
    return (
        replace(report, summary=summary, suppressions=tuple(suppressions.values()), notices=(*report.notices, *notices)),
        frozenset(used),
    )


def unused(requests: Iterable[Request], used: frozenset[Request], looked_for: Callable[[str], bool]) -> list[Notice]:
    """What to tell of requests that hid nothing.

    Args:
        requests: all of them.
        used: those that hid something.
        looked_for: whether everything of a name was looked for; else that nothing was hidden says nothing.
    """
    return [
        Notice(f"'{request.words}' hides nothing that is overstated; take it out", request.where)
        for request in requests
        if request not in used and looked_for(request.name)
    ]
