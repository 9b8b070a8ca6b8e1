"""Finds the rules, compiles them, and keeps the compiled form in the user's cache folder."""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from importlib import resources
from pathlib import Path

from factcheck.errors import FactcheckError, Problem, RuleError
from factcheck.garbage import collected_later
from factcheck.ruleset.values import RuleSet


def builtin_folder() -> Path:
    """The rules that come with the program: inside the installed package, or in a checkout beside ``src``."""
    packaged = Path(str(resources.files("factcheck"))) / "builtin_rules"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[3] / "rules"


def rule_files(folders: Sequence[Path]) -> list[tuple[str, str, bytes]]:
    """The YAML files of the folders.

    Returns:
        (path for messages, path in the folder, contents) in a stable order.

    Raises:
        FactcheckError: a folder is missing or a file cannot be read.
    """
    out = []
    for folder in folders:
        if not folder.is_dir():
            raise FactcheckError(f"{folder}: no such rules folder; give the folder that holds claims/, lists/ and so on")
        for path in sorted(folder.rglob("*")):
            relative = path.relative_to(folder).as_posix()
            if path.suffix in {".yaml", ".yml"} and path.is_file() and not relative.startswith("."):
                try:
                    out.append((str(path), relative, path.read_bytes()))
                except OSError as error:
                    raise FactcheckError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    return out


def digest(files: Sequence[tuple[str, str, bytes]]) -> str:
    """The SHA-256 of the files' contents and places in their folders, as hexadecimal digits."""
    total = hashlib.sha256()
    for _, relative, content in files:
        total.update(relative.encode() + b"\0" + hashlib.sha256(content).digest())
    return total.hexdigest()


def load(extra: Sequence[Path] = (), builtin: bool = True, use_cache: bool = True) -> RuleSet:
    """Load the built-in rules with the user's folders laid over them.

    Args:
        extra: the user's rules folders; a later one wins.
        builtin: whether to begin with the built-in rules.
        use_cache: whether compiled rules may come from, and go to, the user's cache folder.

    Returns:
        The compiled rule set.

    Raises:
        RuleError: with every mistake in every file.
        FactcheckError: a folder is missing or unreadable.
    """
    files = rule_files([*([builtin_folder()] if builtin else []), *extra])
    sha256 = digest(files)
    cached = _read_cache(sha256) if use_cache else None
    if cached is not None:
        return cached
    rules = _compile(files, sha256)
    if use_cache:
        _write_cache(sha256, rules)
    return rules


def _compile(files: Sequence[tuple[str, str, bytes]], sha256: str) -> RuleSet:
    # Imported here because a cached rule set needs neither pydantic nor YAML.
    from factcheck.ruleset.compiling import compile_rules
    from factcheck.ruleset.folder import read_layers

    with collected_later():
        layers = read_layers(files)
        rules = compile_rules(layers, sha256)
    if layers.problems:
        raise RuleError(layers.problems)
    if rules is None:
        folder = files[0][0].removesuffix(files[0][1]) if files else "rules/"
        raise RuleError([Problem(folder, 1, 1, "there is no assessment.yaml, which holds the numbers of the assessment")])
    return rules


def _cache_file(sha256: str) -> Path:
    from platformdirs import user_cache_path

    code = hashlib.sha256(sys.version.encode())
    for module in sorted(Path(__file__).parent.glob("*.py")):
        code.update(module.read_bytes())
    for name in ("tokens.py", "model.py"):
        code.update((Path(__file__).parents[1] / name).read_bytes())
    return user_cache_path("factcheck") / f"rules-{sha256[:32]}-{code.hexdigest()[:16]}.pickle"


def _read_cache(sha256: str) -> RuleSet | None:
    # A cache that is missing, cut short, or from other code is as good as none.
    with suppress(Exception), _cache_file(sha256).open("rb") as file:
        cached = pickle.load(file)
        if isinstance(cached, RuleSet) and cached.sha256 == sha256:
            return cached
    return None


def _write_cache(sha256: str, rules: RuleSet) -> None:
    with suppress(Exception):
        target = _cache_file(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            pickle.dump(rules, file, protocol=pickle.HIGHEST_PROTOCOL)
        os.replace(temporary, target)
