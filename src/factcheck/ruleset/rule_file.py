"""What the forms of all rule files have in common."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(min_length=1)]
Grade = Literal["established", "moderate", "limited", "insufficient", "contradicted"]


class RuleFileModel(BaseModel):
    """Common to all: an unknown key is a mistake, and a value is never converted."""

    model_config = ConfigDict(extra="forbid", strict=True)
