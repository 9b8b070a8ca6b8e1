"""Parses and validates rule files, and lays the parts of a user's folder over the built-in ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from factcheck.errors import Problem
from factcheck.ruleset import schema, yaml_files
from factcheck.ruleset.evidence_schema import EvidenceFileModel
from factcheck.ruleset.rule_file import RuleFileModel
from factcheck.ruleset.validation import model_for, validate
from factcheck.ruleset.yaml_files import YamlFile

M = TypeVar("M", bound=RuleFileModel)


@dataclass(frozen=True)
class Placed:
    """A validated part of a rule file, with the file and the path in it, for messages."""

    value: RuleFileModel
    file: YamlFile
    path: yaml_files.Path

    def model(self, kind: type[M]) -> M:
        """The value as the model that it is."""
        assert isinstance(self.value, kind)
        return self.value


@dataclass
class Layers:
    """The parts of all folders by kind and id; a later folder's part replaces an earlier one of the same id."""

    claim_types: dict[str, Placed] = field(default_factory=dict)
    rules: dict[str, Placed] = field(default_factory=dict)
    rule_types: dict[str, str] = field(default_factory=dict)
    qualifiers: dict[str, Placed] = field(default_factory=dict)
    qualifier_kinds: dict[str, str] = field(default_factory=dict)
    lists: dict[str, Placed] = field(default_factory=dict)
    evidence: dict[str, Placed] = field(default_factory=dict)
    references: dict[str, Placed] = field(default_factory=dict)
    checks: dict[str, Placed] = field(default_factory=dict)
    cues: dict[str, Placed] = field(default_factory=dict)
    assessment: Placed | None = None
    inflections: Placed | None = None
    disabled: list[tuple[str, YamlFile, yaml_files.Path]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_layers(files: Sequence[tuple[str, str, bytes]]) -> Layers:
    """Parse and validate the files and lay them over each other; mistakes are collected in ``problems``."""
    layers = Layers()
    ids_of_folder: dict[tuple[str, str, str], str] = {}
    for name, relative, content in files:
        model = model_for(relative)
        if model is None:
            kinds = ", ".join(schema.FILE_MODELS)
            layers.problems.append(Problem(name, 1, 1, f"no rule file is expected here; rule files are {kinds}"))
            continue
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            layers.problems.append(Problem(name, line, 1, "not UTF-8; save the file with UTF-8 encoding"))
            continue
        file, problems = yaml_files.parse(text, name)
        layers.problems += problems
        if file is None:
            continue
        value, problems = validate(file, model)
        layers.problems += problems
        if value is not None:
            _Adder(layers, file, relative, name.removesuffix(relative), ids_of_folder).add(value)
    return layers


@dataclass
class _Adder:
    layers: Layers
    file: YamlFile
    relative: str
    folder: str
    ids_of_folder: dict[tuple[str, str, str], str]

    def add(self, value: RuleFileModel) -> None:
        layers = self.layers
        if isinstance(value, schema.ClaimFileModel):
            self._named(value.claim_type, "claim_type")
            self._put(layers.claim_types, "claim type", value.claim_type, value, ())
            for index, rule in enumerate(value.rules):
                self._prefixed(rule.id, value.claim_type, ("rules", index, "id"))
                self._put(layers.rules, "rule", rule.id, rule, ("rules", index))
                layers.rule_types[rule.id] = value.claim_type
        elif isinstance(value, schema.QualifierFileModel):
            self._named(value.kind, "kind")
            for index, qualifier in enumerate(value.rules):
                self._prefixed(qualifier.id, value.kind, ("rules", index, "id"))
                self._put(layers.qualifiers, "rule", qualifier.id, qualifier, ("rules", index))
                layers.qualifier_kinds[qualifier.id] = value.kind
        elif isinstance(value, schema.ListFileModel):
            self._named(value.name, "list")
            self._put(layers.lists, "list", value.name, value, ())
        elif isinstance(value, EvidenceFileModel):
            self._named(value.topic, "topic")
            self._put(layers.evidence, "topic", value.topic, value, ())
        elif isinstance(value, schema.ReferencesFileModel):
            for index, reference in enumerate(value.references):
                self._put(layers.references, "reference", reference.id, reference, ("references", index))
        elif isinstance(value, schema.ChecksFileModel):
            for index, check in enumerate(value.checks):
                self._put(layers.checks, "check", check.id, check, ("checks", index))
        elif isinstance(value, schema.CueSheetFileModel):
            self._named(value.sheet, "sheet")
            self._put(layers.cues, "cue sheet", value.sheet, value, ())
        elif isinstance(value, schema.AssessmentFileModel):
            layers.assessment = Placed(value, self.file, ())
        elif isinstance(value, schema.InflectionsFileModel):
            layers.inflections = Placed(value, self.file, ())
        elif isinstance(value, schema.RuleSetFileModel):
            layers.disabled += [(pattern, self.file, ("disable", index)) for index, pattern in enumerate(value.disable)]

    def _put(self, into: dict[str, Placed], kind: str, name: str, value: RuleFileModel, path: yaml_files.Path) -> None:
        key = (self.folder, kind, name)
        if key in self.ids_of_folder:
            self._complain(path, f"{kind} '{name}' is already defined in {self.ids_of_folder[key]}; ids are unique")
            return
        line, _ = self.file.place(path)
        self.ids_of_folder[key] = f"{self.file.name}:{line}"
        into[name] = Placed(value, self.file, path)

    def _named(self, name: str, key: str) -> None:
        stem = Path(self.relative).stem
        if stem != name:
            self._complain((key,), f"'{key}' is '{name}' but the file is called '{stem}.yaml'; the two must agree")

    def _prefixed(self, rule_id: str, prefix: str, path: yaml_files.Path) -> None:
        if not rule_id.startswith(prefix + "."):
            self._complain(path, f"the id '{rule_id}' must begin with '{prefix}.'")

    def _complain(self, path: yaml_files.Path, message: str) -> None:
        self.layers.problems.append(self.file.problem(path, message))
