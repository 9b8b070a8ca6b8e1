"""Imports run one way, and the modules stay small enough to read."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import factcheck

PACKAGE = Path(factcheck.__file__).parent

# A module may import modules of its own layer and of earlier layers.
LAYERS = [
    {"quick_values", "garbage"},
    {"positions", "grounds"},
    {"model", "errors"},
    {"tokens", "decisions", "comparison", "directives", "spelling", "wordprocessing"},
    {"ruleset"},
    {"sources", "sentence_rules", "segmentation"},
    {"alphabet", "hits"},
    {"states"},
    {"search"},
    {"analyses"},
    {"matching", "moving"},
    {"qualifiers", "evidence", "register", "cited_works", "signatures", "stories", "voices", "wordings"},
    {"claims"},
    {"ceiling"},
    {"aggravation"},
    {"assessment"},
    {"testimony", "lists", "document_checks", "fingerprint", "summary", "suggestions"},
    {"selection"},
    {"suppressions"},
    {"checker", "baseline"},
    {"configuration"},
    {"explaining", "rule_examples", "spacy_component", "evaluation", "batch"},
    {"language_server"},
    {"commands", "__main__"},
]
# A Word file is read, and commented on, paragraph by paragraph in the same way.
SOURCES_AND_REPORTS_KNOW = {"model", "errors", "wordprocessing"}
# A comparison is made of two reports and rendered like one.
REPORTS_KNOW = {"comparison"}
# What shows findings in other ways uses the words and the plain data of the reports.
KNOW_REPORTS = {"batch", "commands", "configuration", "evaluation", "language_server", "spacy_component"}


def imports_of(path: Path) -> set[str]:
    """The first-level names of the project that a module imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "factcheck" else [node.module]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("factcheck.")}
    return found - {"__version__", "Checker"}


def modules() -> list[tuple[str, Path]]:
    return [(path.relative_to(PACKAGE).parts[0].removesuffix(".py"), path) for path in sorted(PACKAGE.rglob("*.py"))]


def test_imports_run_one_way() -> None:
    rank = {name: level for level, names in enumerate(LAYERS) for name in names}
    wrong = []
    for name, path in modules():
        if name in {"__init__", "reports"}:
            continue
        for imported in imports_of(path):
            allowed = name in KNOW_REPORTS if imported == "reports" else rank[imported] <= rank[name]
            if not allowed:
                wrong.append(f"{path.relative_to(PACKAGE)} imports {imported}")
    assert wrong == []


def test_sources_and_reports_know_only_the_values_and_errors() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {imported}"
        for name, path in modules()
        if name in {"sources", "reports"}
        for imported in imports_of(path)
        if imported not in SOURCES_AND_REPORTS_KNOW | {name} | (REPORTS_KNOW if name == "reports" else set())
    ]
    assert wrong == []


def test_only_the_spacy_modules_import_spacy() -> None:
    users = {
        name
        for name, path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "spacy")
        or (isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "spacy" for alias in node.names))
    }
    assert users == {"spacy_component"}


def test_help_and_checking_do_not_import_spacy() -> None:
    for arguments in (["--help"], ["rules", "list"], ["--version"]):
        run = f"import sys\nfrom factcheck.commands import main\ntry:\n    main({arguments!r})\nexcept SystemExit:\n"
        code = run + "    print('spacy' in sys.modules)"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[-1] == "False", arguments


def test_checking_one_article_does_not_import_what_a_scan_needs() -> None:
    heavy = ["pyarrow", "fsspec", "fastwarc", "resiliparse", "distributed"]
    for arguments in (["--help"], ["scan", "--help"], ["stats", "--help"], ["rules", "list"], ["check", "README.md", "-f", "terminal"]):
        run = f"import sys\nfrom factcheck.commands import main\ntry:\n    main({arguments!r})\nexcept SystemExit:\n"
        code = run + f"    print([name for name in {heavy!r} if name in sys.modules])"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parents[1])
        assert done.stdout.splitlines()[-1] == "[]", arguments


def test_modules_and_functions_stay_readable() -> None:
    long_modules = [str(path.relative_to(PACKAGE)) for _, path in modules() if path.read_text().count("\n") > 320]
    assert long_modules == []
    long_functions = []
    for _, path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
                if (node.end_lineno or 0) - body[0].lineno >= 45:
                    long_functions.append(f"{path.relative_to(PACKAGE)}: {node.name}")
    assert long_functions == []
