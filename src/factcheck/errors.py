"""Every error a user can see. Each is printed as one line per problem on standard error, never as a traceback."""

from __future__ import annotations

from dataclasses import dataclass


class FactcheckError(Exception):
    """Something the user can put right; ``str()`` of it is the sentence that says what, where and how.

    ``exit_status`` is the status the command ends with: 2 for wrong usage or rules, 3 for a document that could
    not be checked.
    """

    exit_status = 2


class SourceError(FactcheckError):
    """A document cannot be read."""

    exit_status = 3


class ReportError(FactcheckError):
    """A report cannot be written."""

    exit_status = 3


class TemplateError(FactcheckError):
    """A publication's own template or style cannot be used."""


class DecisionsError(FactcheckError):
    """A file of an editor's decisions cannot be used."""


class BaselineError(FactcheckError):
    """A baseline cannot be read or written."""


class ConfigurationError(FactcheckError):
    """A setting is unknown or has a wrong value, in a file, in the environment or on the command line."""


class ScanError(FactcheckError):
    """A scan of an archive cannot begin or go on."""


class MissingExtraError(FactcheckError):
    """An optional dependency is needed and not installed."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a rule file: where it stands (``line`` and ``column`` count from 1), and what is wrong."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class RuleError(FactcheckError):
    """Rule files hold mistakes; ``problems`` lists all of them, in order of file and line."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.path, p.line, p.column)))
        super().__init__("\n".join(str(p) for p in self.problems))

    def __reduce__(self) -> tuple[type[RuleError], tuple[list[Problem]]]:
        return RuleError, (list(self.problems),)
