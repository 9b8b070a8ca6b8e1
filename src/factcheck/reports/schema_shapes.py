"""The few shapes of which the schema of the JSON result is made, each with its description."""

from __future__ import annotations

from factcheck.model import RATINGS
from factcheck.reports.json_report import Json


def an_object(description: str, required: Json, optional: Json | None = None) -> Json:
    """An object with these properties and no others; ``optional`` ones may be missing."""
    return {
        "type": "object",
        "description": description,
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": False,
    }


def a_span(description: str, more: Json | None = None) -> Json:
    """A stretch of the text, with more that is said of it."""
    return an_object(description, offsets() | (more or {}))


def offsets() -> Json:
    """The two properties of a stretch of the text."""
    return {"start": a_count("First code point, from 0."), "end": a_count("First code point after it.")}


def a_list(items: Json, description: str) -> Json:
    """A list, which may be empty."""
    return {"type": "array", "items": items, "description": description}


def ref(name: str, description: str = "") -> Json:
    """What is defined under that name."""
    return {"$ref": f"#/$defs/{name}", **({"description": description} if description else {})}


def a_text(description: str) -> Json:
    """A string, which may be empty."""
    return {"type": "string", "description": description}


def a_rating(description: str) -> Json:
    """One of the ratings."""
    return {"enum": list(RATINGS), "description": description}


def a_count(description: str) -> Json:
    """A whole number from 0."""
    return {"type": "integer", "minimum": 0, "description": description}


def from_one(description: str) -> Json:
    """A whole number from 1."""
    return {"type": "integer", "minimum": 1, "description": f"{description} Counts from 1."}


def a_number(least: int, most: int, description: str) -> Json:
    """A whole number within bounds, both included."""
    return {"type": "integer", "minimum": least, "maximum": most, "description": description}
