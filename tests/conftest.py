"""What several tests share: the built-in rules, loaded once, and the switch that writes expected outputs anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from factcheck import Checker
from factcheck.ruleset import RuleSet, load

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED = CHECKOUT.parent / "shared"

# The same examples in every run, so that a test fails because of a change and not by luck; `--hypothesis-profile random` looks further.
settings.register_profile("random", settings.get_profile("default"))
settings.register_profile("same", derandomize=True)
settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="write the expected outputs in examples/ and rules/schema.json anew")


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    return load()


@pytest.fixture(scope="session")
def checker(rules: RuleSet) -> Checker:
    return Checker(rules)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of texts for measuring, which a checkout alone does not have."""
    if not SHARED.is_dir():
        pytest.skip("the folder of texts for measuring (../shared) is not beside this checkout")
    return SHARED
