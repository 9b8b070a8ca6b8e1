"""The form of the files of the evidence table."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from factcheck.ruleset.rule_file import Grade, RuleFileModel, Text


class SourceModel(RuleFileModel):
    body: Text = Field(description="Who published it.")
    title: Text = Field(description="Its title.")
    section: str = Field(default="", description="The part meant.")
    date: str = Field(default="", description="When.")
    url: str = Field(default="", description="Official address.")
    read: bool = Field(default=False, description="Whether the document itself was read for this entry.")


class EvidenceUseModel(RuleFileModel):
    use: Text = Field(description="What it is promoted for.")
    grade: Grade = Field(description="How well that is supported.")
    kind: Literal["benefit", "mechanism"] = Field(default="benefit", description="An effect on people, or an action in the body.")
    terms: list[Text] = Field(min_length=1, description="Phrases that name this use in an article.")
    note: str = Field(default="", description="One sentence on the evidence.")
    from_memory: bool = Field(default=False, description="True: general knowledge, not checked against the source.")


class RiskModel(RuleFileModel):
    name: Text = Field(description="The risk, for readers.")
    serious: bool = Field(description="Whether it is a serious harm.")
    terms: list[Text] = Field(min_length=1, description="Phrases that name it in an article.")


class EvidenceFileModel(RuleFileModel):
    topic: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")] = Field(description="Stable id; also the file's name.")
    title: Text = Field(description="The topic's name for readers.")
    kind: Text = Field(description="Herb, vitamin, medicine, practice ...")
    names: list[Text] = Field(min_length=1, description="What articles call it.")
    everyday: bool = Field(default=False, description="A habit or plain food that is itself no product, such as exercise or fibre.")
    reviewed: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")] = Field(description="Year and month of the review.")
    uses: list[EvidenceUseModel] = Field(description="What it is promoted for, with grades.")
    risks: list[RiskModel] = Field(default=[], description="What an honest article names.")
    interactions: list[Text] = Field(default=[], description="What it must not be combined with.")
    avoid: list[Text] = Field(default=[], description="Who should not use it.")
    status: dict[str, str] = Field(default={}, description="Legal status by country.")
    approved_uses: list[Text] = Field(default=[], description="Uses for which it is an authorised medicine.")
    sources: list[SourceModel] = Field(min_length=1, description="Primary documents.")
