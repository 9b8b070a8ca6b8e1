"""JSON lines: one article a line, the same object as in the JSON result with what made it, and one line for each failure."""

from __future__ import annotations

from factcheck.model import FORMAT_VERSION, Run
from factcheck.reports.json_report import json_text, provenance_to_dict, report_to_dict


def render(run: Run) -> str:
    """One line for each article and, after them, for each that could not be checked; every line stands by itself."""
    made = {"format_version": FORMAT_VERSION, "provenance": provenance_to_dict(run.provenance)}
    lines = [{**made, **report_to_dict(report)} for report in run.results]
    lines += [{**made, "failure": {"document": failure.document_id, "message": failure.message}} for failure in run.failures]
    # U+2028 and the like end a line for some readers; JSON takes them escaped.
    return "".join(json_text(line, indent=None).translate(_LINE_ENDS) + "\n" for line in lines)


_LINE_ENDS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}
