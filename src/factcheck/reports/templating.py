"""Self-contained pages: template, style and script in one file, under a policy that admits just these."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

import jinja2
from markupsafe import Markup

from factcheck.errors import TemplateError

HOUSE_STYLE = "house.css"
_COMMENT = re.compile(r"^\s*/\*.*?\*/", re.DOTALL | re.MULTILINE)


def fill(template: str, styles: Sequence[str], scripts: Sequence[str], folder: str | Path | None = None, **values: object) -> str:
    """A page.

    Args:
        template: the name of the template file; it receives ``values`` and ``style``, ``script``, ``policy``.
        styles, scripts: the names of the files that become its one style and its one script, in order.
        folder: where files of these names take the place of the built-in ones; the built-in ones are then still there as
            ``factcheck/NAME``, so that a template may extend one of them.

    Raises:
        TemplateError: the folder is none, or a template in it is wrong.
    """
    environment = _environment(None if folder is None else str(folder))
    try:
        # The house's own rules come last, so that they win.
        style = "\n".join(_text(environment, name) for name in (*styles, HOUSE_STYLE))
        script = "\n".join(_text(environment, name) for name in scripts)
        inserted = {"style": Markup(style), "script": Markup(script), "policy": policy(style, script)}
        return environment.get_template(template).render(**values, **inserted)
    except jinja2.TemplateSyntaxError as error:
        raise TemplateError(f"{error.filename or error.name}:{error.lineno}: the template is wrong: {error.message}") from error
    except (jinja2.TemplateError, OSError, ValueError, TypeError) as error:
        if folder is None:
            raise
        raise TemplateError(f"{folder}: a template there is wrong: {error}") from error


def policy(style: str, script: str = "") -> str:
    """The content security policy under which only this very style, and this very script if any, has effect."""
    rules = ["default-src 'none'", f"style-src '{_digest(style)}'"]
    if script:
        rules.append(f"script-src '{_digest(script)}'")
    return "; ".join([*rules, "base-uri 'none'", "form-action 'none'"])


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _text(environment: jinja2.Environment, name: str) -> str:
    assert environment.loader is not None
    text = environment.loader.get_source(environment, name)[0]
    if "</style" in text.lower() or "</script" in text.lower():
        raise ValueError(f"{name} must not hold </style or </script: it would end there")
    # Line ends as a browser sees them, else the digest would differ. The files are for reading, the page is to be small.
    lines = [line.strip() for line in _COMMENT.sub("", text).splitlines()]
    kept = "\n".join(line for line in lines if line and not line.startswith("//"))
    return re.sub(r"\s*([{};])\s*", r"\1", kept) if name.endswith(".css") else kept


@cache
def _environment(folder: str | None) -> jinja2.Environment:
    builtin = jinja2.PackageLoader("factcheck.reports")
    loaders: list[jinja2.BaseLoader] = [builtin, jinja2.PrefixLoader({"factcheck": builtin})]
    if folder is not None:
        if not Path(folder).is_dir():
            raise TemplateError(f"{folder}: there is no such folder of templates")
        loaders.insert(0, jinja2.FileSystemLoader(folder))
    return jinja2.Environment(
        loader=jinja2.ChoiceLoader(loaders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
