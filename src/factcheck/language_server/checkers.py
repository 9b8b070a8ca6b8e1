"""The checkers in use, one for each set of settings, at work in a thread of their own."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from factcheck.checker import Checker
from factcheck.explaining import explain_document
from factcheck.incremental import IncrementalChecker
from factcheck.language_server.article import Article, Checked, check
from factcheck.language_server.settings import Settings
from factcheck.ruleset.loading import builtin_folder, digest, rule_files

__all__ = ["Checkers"]

_Result = TypeVar("_Result")


class Checkers:
    """Loads rules, checks and explains articles, one thing at a time, so that the editor is answered meanwhile.

    Every method raises FactcheckError when the rules hold mistakes.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="factcheck")
        self._ready: dict[Settings, IncrementalChecker] = {}

    async def prepare(self, settings: Settings) -> None:
        """Load the rules, so that the first article need not wait for them."""
        await self._run(lambda: self._checker(settings))

    async def check(self, settings: Settings, article: Article) -> Checked | None:
        """As ``article.check``."""
        return await self._run(lambda: check(self._checker(settings), article))

    async def explain(self, settings: Settings, checked: Checked, sentence: int) -> list[str]:
        """How a sentence of an article is read, step by step: lines to print. ``sentence``: its number, from 0."""

        def explained() -> list[str]:
            checker = self._checker(settings)
            return explain_document(checker.checker, checked.document, {sentence}, checker.find)

        return await self._run(explained)

    async def renew(self, settings: Settings) -> bool:
        """Forget the checker for some settings if its rules were changed since it was made; returns whether there is none now."""

        def renewed() -> bool:
            known = self._ready.get(settings)
            if known and settings.rules and digest(rule_files([builtin_folder(), *settings.rules])) != known.checker.rules.sha256:
                del self._ready[settings]
            return settings not in self._ready

        return await self._run(renewed)

    def close(self) -> None:
        """End the thread after what it is doing."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _run(self, work: Callable[[], _Result]) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _checker(self, settings: Settings) -> IncrementalChecker:
        if settings not in self._ready:
            checker = Checker(rule_folders=settings.rules, standard=settings.standard, packs=settings.packs)
            self._ready[settings] = IncrementalChecker(checker)
            # Rules are hundreds of thousands of values that stay; looking for garbage among them again and again takes as long as
            # a check.
            gc.freeze()
        return self._ready[settings]
