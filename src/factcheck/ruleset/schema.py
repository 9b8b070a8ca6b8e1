"""The shape of every rule file. The same definitions validate the files, make ``rules/schema.json`` and the field table of the guide."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from factcheck.model import Rating
from factcheck.ruleset.evidence_schema import EvidenceFileModel
from factcheck.ruleset.rule_file import Grade, RuleFileModel, Text

RuleId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9][a-z0-9-]*)+$")]
Strength = Annotated[int, Field(ge=0, le=4)]
Quality = Annotated[int, Field(ge=1, le=3)]
Status = Literal["experimental", "stable", "deprecated"]
Outcome = Literal["health", "money", "environment", "sentence", "none"]
Standard = Literal["us", "uk", "eu", "au", "ca", "general"]
Pack = Literal["general", "health", "money", "green"]
QualifierKind = Literal[
    "hedge",
    "capacity",
    "probability",
    "evidential",
    "attribution",
    "negation",
    "condition",
    "question",
    "embedded_question",
    "concession",
    "presupposition",
    "booster",
    "quantity",
    "citation",
    "refutation",
]


class ExamplesModel(RuleFileModel):
    overstated: list[Text] = Field(default=[], description="Sentences in which this rule finds a claim that is rated mild or serious.")
    qualified: list[Text] = Field(default=[], description="Sentences in which this rule finds the claim and rates it none.")
    no_claim: list[Text] = Field(default=[], description="Look-alikes: sentences in which this rule must find nothing.")


class ClaimRuleModel(RuleFileModel):
    id: RuleId = Field(description="Dotted name, stable, never reused; begins with the claim type.")
    title: Text = Field(description="What the rule finds, in one line.")
    status: Status = Field(default="stable", description="experimental, stable or deprecated.")
    strength: Strength = Field(description="How strongly the cue asserts: 0 nothing, 1 may, 2 can/helps, 3 plainly, 4 proof/cure.")
    quality: Quality | None = Field(default=None, description="For cautions and limits: 3 named or effective, 2 partial, 1 generic.")
    match: list[Text] = Field(min_length=1, description="Phrases; one is enough.")
    unless: list[Text] = Field(default=[], description="Phrases that cancel the match when they share a word with it.")
    unless_near: list[Text] = Field(default=[], description="Phrases that cancel the match when they stand anywhere in the sentence.")
    near: list[Text] = Field(default=[], description="At least one of these phrases must also stand in the sentence.")
    default_ceiling: Annotated[int, Field(ge=0, le=3)] | None = Field(
        default=None, description="Ceiling when the evidence table has no row for it; else that of assessment.yaml."
    )
    fallback: bool = Field(default=False, description="Counts only where no other rule of the claim type finds a claim in the sentence.")
    stem: bool = Field(default=False, description="Where the cue introduces a list, every item of the list makes the claim too.")
    section: bool = Field(default=False, description="As a heading, every sentence under it makes the claim too.")
    signed: bool = Field(
        default=False, description="A review, a paragraph with a person's name under it, makes the claim in every sentence."
    )
    personal: bool = Field(default=False, description="Somebody tells of himself, or of a person he knows.")
    story: bool = Field(
        default=False, description="The other sentences of a story, a paragraph in which somebody tells of himself, make the claim."
    )
    narration: bool = Field(
        default=False, description="Of a personal rule: counts only near a result or praise that somebody tells, or in a review."
    )
    told: bool = Field(default=False, description="Counts only in a story, a review or a customer's words.")
    presupposed: bool = Field(default=False, description="The cue takes the effect for granted; no hedge, question or denial reaches it.")
    outcome: Outcome | None = Field(default=None, description="What the claim is about, if not what the claim type says.")
    aggravators: list[Text] = Field(default=[], description="Codes of aggravators (A2, A6 ...) that the cue itself brings.")
    override: Text | None = Field(default=None, description="Code of an override that the cue itself brings.")
    why: Text = Field(description="The reason shown to the reader of the report. {list} names what the list matched.")
    advice: list[Text] = Field(default=[], description="Codes of what an honest wording needs, beyond those of the claim type.")
    references: list[Text] = Field(default=[], description="Ids from references.yaml, beyond those of the claim type.")
    misfires: list[Text] = Field(default=[], description="Known cases in which the rule is wrong.")
    examples: ExamplesModel = Field(description="Sentences of your own; each is a test.")


class ClaimFileModel(RuleFileModel):
    claim_type: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")] = Field(description="The type; also the file's name.")
    title: Text = Field(description="The type's name for readers.")
    definition: Text = Field(description="What a sentence of this type says or implies.")
    caution: bool = Field(default=False, description="A caution or limit of the article's own, never itself overstated at strength 0.")
    outcome: Outcome = Field(default="none", description="What claims of this type are about; sentence: read it from the sentence.")
    ceiling: Annotated[int, Field(ge=0, le=3)] | None = Field(default=None, description="Fixed ceiling; else by evidence.")
    advice: list[Text] = Field(default=[], description="Codes of what an honest wording of this type needs.")
    references: list[Text] = Field(default=[], description="Ids from references.yaml that the whole type rests on.")
    pack: Pack = Field(default="general", description="The pack it belongs to; the general pack is always on.")
    requirements: dict[Standard, Text] = Field(default={}, description="What each jurisdiction asks of such claims, in one sentence.")
    rules: list[ClaimRuleModel] = Field(min_length=1, description="The rules.")


class QualifierExampleModel(RuleFileModel):
    text: Text = Field(description="A sentence.")
    claim: Text = Field(description="The claim type looked at.")
    strength: Strength | None = Field(description="Strength of its strongest claim of that type; null: no such claim is left.")


class QualifierRuleModel(RuleFileModel):
    id: RuleId = Field(description="Dotted name, stable; begins with the kind.")
    title: Text = Field(description="What the qualifier does, in one line.")
    match: list[Text] = Field(min_length=1, description="Phrases; one is enough.")
    direction: Literal["forward", "backward", "both", "sentence"] = Field(description="What it reaches: words after it, before it, or all.")
    max_scope: Annotated[int, Field(ge=1, le=60)] = Field(default=40, description="The furthest word it reaches, in words.")
    terminated_by: list[Text] = Field(default=[], description="Phrases that end its reach; clause punctuation always does.")
    pseudo: list[Text] = Field(default=[], description="Phrases that contain the words and do not qualify ('not only').")
    unless_near: list[Text] = Field(default=[], description="Phrases that switch it off when they stand anywhere in the sentence.")
    near_before: list[Text] = Field(default=[], description="One of these phrases must stand in the sentence before.")
    effect: Literal["cap", "lower", "raise", "deny", "ceiling", "presuppose", "report", "refute", "none"] = Field(
        description="cap: strength at most `to`; lower/raise: by `to`; deny: no claim; ceiling: at least `to`; "
        "presuppose: takes the claim for granted, so that caps and denials do not reach it; "
        "report: cap, and no claim of the article's own where it is refuted nearby or the article sells nothing; "
        "refute: what the sentences around it report is refuted; none: shown only."
    )
    to: Annotated[int, Field(ge=0, le=4)] | None = Field(default=None, description="The number for the effect.")
    applies_to: list[Text] = Field(default=[], description="Claim types it acts on; empty: all.")
    not_for: list[Text] = Field(default=[], description="Claim types it leaves alone.")
    reaches_presupposed: bool = Field(default=False, description="Acts also on claims that the wording takes for granted.")
    under_heading: bool = Field(default=False, description="In a heading it acts on the items of the list below, too.")
    why: Text = Field(description="The reason shown to the reader of the report.")
    references: list[Text] = Field(default=[], description="Ids from references.yaml.")
    examples: list[QualifierExampleModel] = Field(min_length=1, description="Each is a test.")


class QualifierFileModel(RuleFileModel):
    kind: QualifierKind = Field(description="The kind; also the file's name.")
    title: Text = Field(description="The kind's name for readers.")
    definition: Text = Field(description="What words of this kind do.")
    rules: list[QualifierRuleModel] = Field(min_length=1, description="The rules.")


class ListFileModel(RuleFileModel):
    name: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")] = Field(alias="list", description="The name in {braces}; the file's name.")
    title: Text = Field(description="What is in it.")
    note: str = Field(default="", description="Why the list exists and what belongs in it.")
    includes: list[Text] = Field(default=[], description="Lists whose entries belong too.")
    entries: list[Text] = Field(default=[], description="Plain phrases: words, (a|b) and [x], no gaps and no lists.")


class ReferenceModel(RuleFileModel):
    id: Text = Field(description="Short stable id that rules cite.")
    body: Text = Field(description="Who published it.")
    title: Text = Field(description="Its title.")
    section: str = Field(default="", description="The part meant.")
    date: str = Field(default="", description="When.")
    url: str = Field(default="", description="Official address.")
    standard: Standard = Field(default="general", description="Whose standard it is.")


class ReferencesFileModel(RuleFileModel):
    references: list[ReferenceModel] = Field(description="Primary documents.")


class AggravatorModel(RuleFileModel):
    code: Text = Field(description="A1, A2 ...")
    why: Text = Field(description="The reason shown.")
    match: list[Text] = Field(default=[], description="Phrases anywhere in the sentence.")
    object: list[Text] = Field(default=[], description="Phrases among the words that the claim reaches.")
    unless: list[Text] = Field(default=[], description="Phrases that cancel an object when they share a word with it.")
    claims: list[Text] = Field(default=[], description="Claim types whose presence in the sentence, at strength 2 or more, counts.")
    applies_to: list[Text] = Field(default=[], description="Claim types it acts on; empty: all but cautions.")
    advice: list[Text] = Field(default=[], description="Codes of what an honest wording needs then.")
    references: list[Text] = Field(default=[], description="Ids from references.yaml.")


class StepModel(RuleFileModel):
    why: Text = Field(description="The reason shown.")
    advice: list[Text] = Field(default=[], description="Codes of what an honest wording needs then.")
    references: list[Text] = Field(default=[], description="Ids from references.yaml.")


class AssessmentFileModel(RuleFileModel):
    scale: dict[int, Text] = Field(description="Names of the strengths 0 to 4.")
    grades: dict[Grade, Annotated[int, Field(ge=0, le=3)]] = Field(description="Ceiling for each grade of evidence.")
    grade_words: dict[Grade, Text] = Field(description="What a grade means, for readers.")
    default_ceiling: Annotated[int, Field(ge=0, le=3)] = Field(description="Ceiling for a topic not in the table, without citation.")
    informational_ceiling: Annotated[int, Field(ge=0, le=3)] = Field(
        description="The same in an article that reports or explains and sells nothing."
    )
    informational_from: int = Field(description="So many sentences must inform or caution before an article can count as selling nothing.")
    informational_from_for_remedies: int = Field(
        description="The same for an article about a herb, a device or the like that denies nothing; its weights must come to more than 0."
    )
    informational_weights: dict[Text, float] = Field(
        description="What a sentence of a kind speaks for: informational and promotional phrases, and claim types."
    )
    informational_above: float = Field(description="An article sells nothing if its weights come to more than this for a sentence.")
    informational_kinds: list[Text] = Field(description="Kinds of evidence topics that people write about without selling them.")
    informational_kinds_if_proven: list[Text] = Field(
        description="The same, where most uses of the topic are graded better than insufficient; an approved use of any kind is no more."
    )
    kinds_of_care: list[Text] = Field(description="Kinds of evidence topics that are no preparation to swallow or to put on.")
    preparations: list[Text] = Field(description="Phrases that name a preparation; they do not speak of a kind of care named before.")
    informational: list[Text] = Field(description="Phrases of articles that report, explain or instruct.")
    promotional: list[Text] = Field(description="Phrases of articles that sell.")
    mild_from: int = Field(description="Score from which a claim is mild.")
    serious_from: int = Field(description="Score from which a claim is serious.")
    reasons: dict[str, Text] = Field(description="Wording of the standing reasons.")
    outcome_phrases: list[Text] = Field(description="Phrases that name a health, money or environment outcome.")
    aggravators: list[AggravatorModel] = Field(description="Each adds 1 to the score.")
    mitigators: dict[Literal["M1", "M2"], StepModel] = Field(description="Each takes 1 from the score.")
    overrides: dict[str, StepModel] = Field(description="Each makes an overstated claim serious.")
    caps: dict[str, StepModel] = Field(description="Each keeps an overstated claim mild.")
    advice: dict[str, Text] = Field(description="What an honest wording needs, by code.")


class CheckModel(RuleFileModel):
    id: Annotated[str, Field(pattern=r"^D\d+$")] = Field(description="D1 to D15.")
    title: Text = Field(description="What is wrong, in one line.")
    enabled: bool = Field(default=True, description="Whether the check runs.")
    why: dict[str, Text] = Field(description="Reasons by case; {names} are filled in.")
    numbers: dict[str, float] = Field(default={}, description="Thresholds of the check.")
    phrases: dict[str, list[Text]] = Field(default={}, description="Phrases of the check, by role.")
    rating: Rating = Field(description="The rating in the ordinary case.")
    advice: list[Text] = Field(default=[], description="Codes of what the article needs.")
    references: list[Text] = Field(default=[], description="Ids from references.yaml.")


class ChecksFileModel(RuleFileModel):
    checks: list[CheckModel] = Field(description="Document-level checks.")


class CueSheetFileModel(RuleFileModel):
    sheet: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")] = Field(description="The sheet's name; also the file's name.")
    title: Text = Field(description="What is read with it, in one line.")
    note: str = Field(default="", description="Why the sheet exists and what belongs in it.")
    phrases: dict[str, list[Text]] = Field(description="Phrases by role.")
    qualifiers: dict[str, list[Text]] = Field(default={}, description="Ids of qualifier rules, or prefixes (hedge.*), by role.")
    scores: dict[str, dict[str, float]] = Field(default={}, description="What is scored: the weight of each role in the score.")
    references: list[Text] = Field(default=[], description="Ids from references.yaml.")


class InflectionsFileModel(RuleFileModel):
    invariable: list[Text] = Field(description="Words that stand only for themselves.")
    irregular: dict[str, list[Text]] = Field(description="Base form to its other forms.")


class RuleSetFileModel(RuleFileModel):
    """``rules.yaml`` of a user's own folder."""

    disable: list[Text] = Field(default=[], description="Rule ids or prefixes (efficacy.*) to switch off.")


FILE_MODELS: dict[str, type[RuleFileModel]] = {
    "claims/*.yaml": ClaimFileModel,
    "qualifiers/*.yaml": QualifierFileModel,
    "lists/*.yaml": ListFileModel,
    "evidence/*.yaml": EvidenceFileModel,
    "references.yaml": ReferencesFileModel,
    "assessment.yaml": AssessmentFileModel,
    "checks.yaml": ChecksFileModel,
    "cues/*.yaml": CueSheetFileModel,
    "inflections.yaml": InflectionsFileModel,
    "rules.yaml": RuleSetFileModel,
}
"""Which model a file of a rules folder must satisfy, by its path in the folder."""


def json_schema() -> dict[str, Any]:
    """The JSON schema for all rule files, one definition per kind, for completion and checking in an editor."""
    options = [model.model_json_schema(ref_template="#/$defs/{model}") for model in FILE_MODELS.values()]
    definitions: dict[str, Any] = {}
    for option in options:
        definitions.update(option.pop("$defs", {}))
    for model, option in zip(FILE_MODELS.values(), options, strict=True):
        definitions[model.__name__] = option
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "factcheck rule files",
        "anyOf": [{"$ref": f"#/$defs/{model.__name__}"} for model in FILE_MODELS.values()],
        "$defs": dict(sorted(definitions.items())),
    }
