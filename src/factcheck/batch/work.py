"""One unit of work from its sources to its part: what every process does, on this machine or another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from factcheck.batch.archives import reader
from factcheck.batch.checking import check_entries
from factcheck.batch.opening import is_survivable, reason
from factcheck.batch.parts import Attempts, PartWriter, metadata_of
from factcheck.batch.planning import Identity, Settings
from factcheck.batch.units import Unit
from factcheck.checker import Checker
from factcheck.errors import FactcheckError, ScanError, SourceError

Heard = Callable[[int, int], None]

DEATHS_THAT_BLAME = 2
"""Processes that must have ended at the same record before it is left out: one may have been killed for another reason."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a process must know besides the unit: where the output goes (absolute), the settings, and what the scan is."""

    output: str
    settings: Settings
    identity: Identity


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a unit.

    ``documents``, ``findings`` and ``failures`` count rows, ``characters`` those of the texts. With an ``error`` the unit could not be
    done and has left nothing.
    """

    part: int
    documents: int = 0
    findings: int = 0
    failures: int = 0
    characters: int = 0
    error: str = ""


def do_unit(job: Job, unit: Unit, heard: Heard = lambda records, characters: None) -> Outcome:
    """Do a unit and write its part. Doing it again gives the same part.

    ``heard`` is called after each record with the numbers of records and characters done so far. A source that cannot be opened, or
    cannot be reached any more, gives an outcome with an error.

    Raises ScanError when the part cannot be written, or this process has another factcheck or other rules than the scan.
    """
    checker = _checker(job)
    output = Path(job.output)
    try:
        with Attempts(output, unit.part) as attempts, PartWriter(output, unit.part, metadata_of(job.identity)) as writer:
            before = _guard(attempts)
            characters = 0
            entries = reader(unit.kind).records(unit, job.settings.fields)
            for number, made in enumerate(check_entries(entries, checker, job.settings.keep_text, unit.part, before), 1):
                writer.add(made)
                characters += sum(row["characters"] for row in made.documents)
                heard(number, characters)
    except SourceError as error:
        return Outcome(unit.part, error=str(error))
    except FactcheckError:
        raise
    except BaseException as error:
        if not is_survivable(error):
            raise
        return Outcome(unit.part, error=f"{unit}: could not be read to the end ({type(error).__name__}: {reason(error)})")
    counts = writer.counts
    return Outcome(unit.part, counts["documents"], counts["findings"], counts["failures"], characters)


def _guard(attempts: Attempts) -> Callable[[int], str | None]:
    """What is done before a record: note it, and object to one at which processes have ended before."""
    ended = attempts.ended_at()
    guilty = {row for row in ended if ended.count(row) >= DEATHS_THAT_BLAME}

    def before(row: int) -> str | None:
        if row in guilty:
            return f"processes that check this record end without a word ({DEATHS_THAT_BLAME} did); it was left out"
        attempts.note(row)
        return None

    return before


def _checker(job: Job) -> Checker:
    from factcheck import __version__

    settings = job.settings
    checker = _loaded(settings.rule_folders, settings.standard, settings.packs)
    if (__version__, checker.rules.sha256) != (job.identity.factcheck, job.identity.rules_sha256):
        raise ScanError(
            f"a worker has factcheck {__version__} with rules {checker.rules.sha256[:12]}, and the scan was made with factcheck "
            f"{job.identity.factcheck} and rules {job.identity.rules_sha256[:12]}; install the same on every machine"
        )
    return checker


@cache
def _loaded(rule_folders: tuple[str, ...], standard: str, packs: tuple[str, ...]) -> Checker:
    return Checker(rule_folders=rule_folders, standard=standard, packs=packs)
