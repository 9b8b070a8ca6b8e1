"""A scan from its sources to its output folder: planned once, gone on with as often as needed."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from factcheck.batch.cluster import run_on_cluster
from factcheck.batch.columns import TABLES
from factcheck.batch.finding import find_files
from factcheck.batch.parts import UNFINISHED, done_parts, metadata_of, tidy
from factcheck.batch.planning import Identity, Settings, check_fields, cut, extended, identity, part_bytes_for
from factcheck.batch.processes import run_in_processes
from factcheck.batch.progress import Progress
from factcheck.batch.units import Unit
from factcheck.batch.work import Job
from factcheck.checker import Checker
from factcheck.errors import ScanError

SCAN_FILE, UNITS_FILE, LOCK_FILE = "scan.json", "units.parquet", ".lock"
FORMAT_VERSION = 1
"""Version of the layout of the output folder."""

_UNITS = pa.schema(
    [
        ("part", pa.int32()),
        ("kind", pa.string()),
        ("paths", pa.list_(pa.string())),
        ("names", pa.list_(pa.string())),
        ("sizes", pa.list_(pa.int64())),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("size", pa.int64()),
    ]
)


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asks for.

    ``sources``: files, folders, patterns, addresses. ``part_bytes``: bytes of the sources to a part, 0 to let it be chosen. ``dask``: a
    scheduler or local:N, "" for ``jobs`` processes of this machine.
    """

    sources: tuple[str, ...]
    output: Path
    settings: Settings
    jobs: int
    part_bytes: int = 0
    dask: str = ""


@dataclass(frozen=True, slots=True)
class ScanResult:
    """How a run of a scan ended.

    ``parts`` of ``planned`` are done, ``earlier`` of them before this run; ``documents``, ``findings``, ``failures`` and ``characters``
    count what this run added in ``seconds``; ``errors`` say what could not be done and would be tried again.
    """

    parts: int
    planned: int
    earlier: int
    documents: int
    findings: int
    failures: int
    characters: int
    seconds: float
    errors: tuple[str, ...]


def scan(request: Request, show_progress: bool = False, told: Callable[[str], None] = lambda line: None) -> ScanResult:
    """Do what is not yet done of a scan.

    ``show_progress`` writes a line to standard error as it goes; ``told`` is called with each thing that could not be done.

    Raises ScanError when the output folder belongs to another scan, is in use or cannot be written; SourceError when a source names
    nothing; RuleError for wrong rules; MissingExtraError when a library is missing.
    """
    checker = Checker(rule_folders=request.settings.rule_folders, standard=request.settings.standard, packs=request.settings.packs)
    wanted = identity(request.sources, request.settings, checker.rules.sha256)
    output = request.output.absolute()
    _check_output(output, wanted)
    with _locked(output):
        units = _plan(request, output, wanted)
        with _folder_errors(output):
            tidy(output)
        done = done_parts(output)
        pending = [unit for unit in units if unit.part not in done]
        progress = Progress({unit.part: unit.size for unit in pending}, len(done), show_progress)
        job = Job(str(output), request.settings, wanted)
        errors = []
        outcomes = (
            run_on_cluster(job, pending, request.dask) if request.dask else run_in_processes(job, pending, request.jobs, progress.news)
        )
        try:
            with contextlib.closing(outcomes):
                for outcome in outcomes if pending else ():
                    progress.finished(outcome)
                    if outcome.error:
                        errors.append(outcome.error)
                        progress.clear()
                        told(outcome.error)
        finally:
            progress.clear()
            with contextlib.suppress(OSError):
                tidy(output)
                (output / UNFINISHED).rmdir()
    counts = (progress.documents, progress.findings, progress.failures, progress.characters)
    return ScanResult(len(done) + progress.parts, len(units), len(done), *counts, progress.seconds(), tuple(errors))


def read_scan(output: Path) -> Identity:
    """What the scan in a folder was made with. Raises ScanError when the folder holds no scan."""
    try:
        data = json.loads((output / SCAN_FILE).read_text(encoding="utf-8"))
        if data["format_version"] != FORMAT_VERSION:
            raise ScanError(f"{output}: was made by a factcheck whose scans look different; scan again into another folder")
        return Identity(data["factcheck"], data["rules_sha256"], data["options"], tuple(data["sources"]))
    except FileNotFoundError:
        raise ScanError(f"{output}: holds no scan; name the folder that was given to factcheck scan with -o") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise ScanError(f"{output / SCAN_FILE}: is damaged; scan again into another folder") from None


def read_units(output: Path) -> list[Unit]:
    """The units of the scan in a folder."""
    rows = pq.read_table(output / UNITS_FILE).to_pylist()
    lists = ("paths", "names", "sizes")
    return [Unit(**{**row, **{name: tuple(row[name]) for name in lists}}) for row in rows]


def _check_output(output: Path, wanted: Identity) -> None:
    if output.is_dir() and (output / SCAN_FILE).exists():
        difference = wanted.difference(read_scan(output))
        if difference:
            raise ScanError(f"{output}: holds a scan that was made {difference}; name another output folder with -o")
    elif output.exists():
        ours = {*TABLES, UNITS_FILE}
        if not output.is_dir():
            raise ScanError(f"{output}: is a file; name a folder with -o")
        if {entry.name for entry in output.iterdir() if not entry.name.startswith(".")} - ours:
            raise ScanError(f"{output}: is not empty and holds no scan; name a new folder with -o")


def _plan(request: Request, output: Path, wanted: Identity) -> list[Unit]:
    """The units: those planned earlier, and those of files that have come since; kept in the output folder."""
    files = find_files(request.sources, request.settings.kind, output)
    part_bytes = request.part_bytes or part_bytes_for(files)
    earlier = read_units(output) if (output / SCAN_FILE).exists() else []
    if not earlier:
        check_fields(files, request.settings.fields)
    units = extended(earlier, files, part_bytes) if earlier else list(cut(files, part_bytes))
    if len(units) > len(earlier):
        with _folder_errors(output):
            _write_plan(output, wanted, units)
    return units


def _write_plan(output: Path, wanted: Identity, units: Sequence[Unit]) -> None:
    table = pa.Table.from_pylist([asdict(unit) for unit in units], _UNITS.with_metadata(metadata_of(wanted)))
    _replace(output / UNITS_FILE, lambda stream: pq.write_table(table, stream, compression="zstd"))
    described = {"format_version": FORMAT_VERSION, **asdict(wanted)}
    # Last: a folder with this file has a whole plan.
    text = json.dumps(described, ensure_ascii=False, indent=1) + "\n"
    _replace(output / SCAN_FILE, lambda stream: stream.write(text.encode("utf-8", "surrogatepass")))


def _replace(target: Path, write: Callable[[IO[bytes]], object]) -> None:
    unfinished = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    try:
        with open(unfinished, "xb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)


@contextlib.contextmanager
def _locked(output: Path) -> Iterator[None]:
    """Keep a second run of the same scan away; the lock goes with the process, however that ends."""
    with _folder_errors(output):
        output.mkdir(parents=True, exist_ok=True)
        stream = open(output / LOCK_FILE, "ab")  # noqa: SIM115
    with stream:
        try:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            pass
        except BlockingIOError:
            raise ScanError(f"{output}: another scan is writing to this folder; wait for it or name another one with -o") from None
        except OSError:
            # A file system without locks.
            pass
        yield


@contextlib.contextmanager
def _folder_errors(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ScanError(f"{output}: cannot be written ({error.strerror or error}); name another output folder with -o") from error
