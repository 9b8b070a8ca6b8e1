"""Which file each format goes to, and writing them: shared by the commands that make reports."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from factcheck.commands import report_error
from factcheck.commands.colours import wants_colour
from factcheck.errors import ReportError
from factcheck.model import Report, Run
from factcheck.reports import RENDERERS, annotate, render, write

FORMATS = click.Choice(list(RENDERERS))
STANDARD_OUTPUT = "-"
_NAMED = 3

FindOriginal = Callable[[Report], bytes]
"""Finds the bytes of the file that a report is about; raises ReportError when it is gone or has changed."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for: the formats, what -o names, a folder of own templates, and whether the terminal shows every reason."""

    formats: tuple[str, ...]
    output: str | None = None
    templates: str | None = None
    explain: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything goes: for a format either one file for each article, in their order, or one for the whole run ("-": printed)."""

    each: dict[str, tuple[Path, ...]]
    whole: dict[str, str]

    def only(self, kept: Sequence[int]) -> Plan:
        """The plan for some of the articles, named by their places."""
        return Plan({format: tuple(paths[index] for index in kept) for format, paths in self.each.items()}, self.whole)

    @property
    def prints(self) -> bool:
        """Whether standard output belongs to a report, so that everything said about it must go elsewhere."""
        return STANDARD_OUTPUT in self.whole.values()


@dataclass(frozen=True, slots=True)
class Written:
    """The files written, in order; the index page, "" if none was needed; whether something could not be written."""

    files: tuple[str, ...]
    index: str
    failed: bool


def plan(articles: Sequence[str], order: Order, inputs: Iterable[str] = ()) -> Plan:
    """Where the reports of the articles go; names that would collide get a number.

    ``articles``: their paths as given. ``inputs``: further files that no report may replace. Raises UsageError when -o and the formats do
    not go together, and ReportError when a report would replace an article or another input.
    """
    formats = tuple(dict.fromkeys(order.formats))
    filed = [format for format in formats if not RENDERERS[format].printed]
    if order.output and not filed:
        filed = list(formats)
    if order.output == STANDARD_OUTPUT:
        if len(formats) > 1:
            raise click.UsageError("Only one format fits on standard output; name a folder with -o for several.")
        _refuse_several(articles, formats[0])
        return Plan({}, {formats[0]: STANDARD_OUTPUT})
    file, folder = _place(articles, order.output, filed)
    stems = _stems(articles)
    each: dict[str, tuple[Path, ...]] = {}
    whole: dict[str, str] = {}
    for format in formats:
        renderer = RENDERERS[format]
        if format not in filed:
            whole[format] = STANDARD_OUTPUT
        elif file is not None and (len(articles) != 1 or renderer.scope == "run"):
            whole[format] = file
        elif renderer.scope == "run":
            whole[format] = str(folder / f"{stems[0] + '.' if len(articles) == 1 else ''}factcheck{renderer.extension}")
        else:
            each[format] = (Path(file),) if file is not None else tuple(folder / f"{stem}.factcheck{renderer.extension}" for stem in stems)
    _refuse_to_replace(dict.fromkeys(articles, "the article") | dict.fromkeys(inputs, "the saved result"), each, whole)
    return Plan(each, whole)


def _place(articles: Sequence[str], output: str | None, filed: list[str]) -> tuple[str | None, Path]:
    """The one file that -o names, or None and the folder for what is written."""
    if not output:
        return None, Path()
    path = Path(output)
    if path.is_dir() or output.endswith(("/", os.sep)):
        return None, path
    endings = tuple(RENDERERS[format].extension for format in filed)
    if len(filed) > 1:
        if path.exists() or output.endswith(endings):
            raise click.UsageError(f"{output} is one file, and {len(filed)} formats need a folder; name one with -o.")
        return None, path
    if len(articles) == 1:
        return output, Path()
    scope = RENDERERS[filed[0]].scope
    if scope != "article" and (path.exists() or output.endswith(endings) or (scope == "run" and path.suffix)):
        return output, Path()
    if path.exists():
        raise click.UsageError(f"{output} is a file, and several articles need a folder; name one with -o.")
    if output.endswith(endings):
        _refuse_several(articles, filed[0])
    return None, path


def _refuse_several(articles: Sequence[str], format: str) -> None:
    if len(articles) > 1 and RENDERERS[format].scope == "article":
        raise click.UsageError(f"With -f {format} several articles cannot be one file; name a folder with -o.")


def _stems(articles: Sequence[str]) -> list[str]:
    stems: list[str] = []
    # Some file systems take names for the same that differ in capitals only.
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    for article in articles:
        plain = stem = "stdin" if article == "-" else Path(article).stem or "article"
        number = numbers.get(plain.casefold(), 2)
        while stem.casefold() in taken:
            stem = f"{plain}-{number}"
            number += 1
        taken.add(stem.casefold())
        # Those before are taken for good, and a site may have ten thousand pages called "index".
        numbers[plain.casefold()] = number
        stems.append(stem)
    return stems


def _refuse_to_replace(inputs: dict[str, str], each: dict[str, tuple[Path, ...]], whole: dict[str, str]) -> None:
    known = {os.path.realpath(path): what for path, what in inputs.items() if path != "-"}
    targets = [str(path) for paths in each.values() for path in paths] + [path for path in whole.values() if path != STANDARD_OUTPUT]
    for target in targets:
        if what := known.get(os.path.realpath(target)):
            raise ReportError(f"{target}: the report would replace {what}; name another place with -o")


def write_out(run: Run, places: Plan, order: Order, original: FindOriginal, *, index: bool = True) -> Written:
    """Write a run in all formats asked for.

    ``places``: the plan for the articles of ``run.results``. ``original``: finds the files that were checked, for formats that write into
    a copy. ``index``: whether several pages get a page that leads to them. What cannot be written is reported on standard error, and the
    rest is written. Raises TemplateError for a wrong template.
    """
    files: list[str] = []
    failed = False
    for format in dict.fromkeys(order.formats):
        for target, part in _outputs(run, places, format):
            try:
                content = _content(part, format, order, original, plain=target != STANDARD_OUTPUT)
                _make_folder(target, order.output)
                write(content, target)
            except ReportError as error:
                failed = True
                report_error(error)
                continue
            if target != STANDARD_OUTPUT:
                files.append(target)
    return Written(tuple(files), _write_index(run, places, order, files) if index else "", failed)


def _outputs(run: Run, places: Plan, format: str) -> list[tuple[str, Run]]:
    """The files of one format, each with its part of the run; what a format cannot annotate is passed over beside what it can."""
    renderer = RENDERERS[format]
    if format in places.whole:
        return [(places.whole[format], run)] if run.results or renderer.scope != "article" else []
    kind = renderer.annotates
    pairs = list(zip(run.results, places.each[format], strict=True))
    fitting = [(report, path) for report, path in pairs if not kind or report.document.media_type == kind]
    if fitting and len(fitting) < len(pairs):
        others = [report.document.id for report, _ in pairs if report.document.media_type != kind]
        named = ", ".join(others[:_NAMED]) + (f" and {len(others) - _NAMED} more" if len(others) > _NAMED else "")
        click.echo(f"factcheck: -f {format} writes into files of another kind than {named}", err=True)
    # Without a single file of its kind the format itself says what it needs.
    return [(str(path), Run(run.provenance, (report,))) for report, path in fitting or pairs]


def _content(run: Run, format: str, order: Order, original: FindOriginal, *, plain: bool) -> str | bytes:
    if RENDERERS[format].annotates:
        return annotate(run.results[0], original(run.results[0]), format)
    if format == "terminal":
        return terminal(run, explain=order.explain, plain=plain, each=True)
    return render(run, format, **({"templates": order.templates} if format == "html" else {}))


def terminal(run: Run, *, explain: bool, plain: bool = False, each: bool = False) -> str:
    """The summary; in colours when standard output is a terminal, unless it must be ``plain``; ``each`` as in ``terminal.render``."""
    colour = not plain and wants_colour(sys.stdout)
    return render(run, "terminal", colour=colour, explain=explain, each=each)


def _make_folder(target: str, output: str | None) -> None:
    """Make the folder that -o names; a folder that is only part of a file's name must be there."""
    folder = Path(target).parent
    if not output or Path(output) != folder or folder.exists():
        return
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise ReportError(f"Cannot write {target}: {(error.strerror or 'the folder cannot be made').lower()}.") from error


def _write_index(run: Run, places: Plan, order: Order, written: list[str]) -> str:
    """A page that leads to the pages that could be written, when there are several; returns its path."""
    pages = places.each.get("html", ())
    kept = [index for index, path in enumerate(pages) if str(path) in written]
    if len(kept) < 2 or not order.output:
        return ""
    from factcheck.reports.index import render as render_index

    index = pages[0].with_name("index.html")
    listed = replace(run, results=tuple(run.results[place] for place in kept))
    write(render_index(listed, [pages[place].name for place in kept], templates=order.templates), index)
    return str(index)


def where(written: Written, done: str) -> str:
    """Say where the reports are; ``done`` says what was done, and stands alone when there is no file."""
    files = written.files
    if written.index:
        return f"Reports: {len(files)}, listed in {written.index} ({done})"
    if len(files) > _NAMED:
        return f"Reports: {len(files)}, from {files[0]} to {files[-1]} ({done})"
    return f"Report{'' if len(files) == 1 else 's'}: {', '.join(files)} ({done})" if files else done


def original_of(report: Report, folders: Sequence[Path] = (Path(),)) -> bytes:
    """The bytes of the file that was checked.

    ``folders``: where to look, for its path as given and for its name alone. Raises ReportError, one sentence, when it is not there or
    is no longer the file that was checked.
    """
    document = report.document
    if document.id == "-":
        raise ReportError("-: standard input cannot be written into; save it as a file and check that")
    found = False
    for folder in folders:
        for candidate in dict.fromkeys((folder / document.id, folder / Path(document.id).name)):
            try:
                content = candidate.read_bytes()
            except (OSError, ValueError):
                continue
            found = True
            if hashlib.sha256(content).hexdigest() == document.sha256:
                return content
    if found:
        raise ReportError(f"{document.id}: has changed since it was checked, so nothing can be written into it; check it again")
    raise ReportError(f"{document.id}: is not here, and this format writes into a copy of it; put it beside the saved result")
