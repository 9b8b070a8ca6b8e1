"""The checkers in use, one for each way of judging, at work in a thread of their own."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from factcheck.checker import Checker
from factcheck.configuration import Configuration, for_path
from factcheck.configuration.checking import ConfiguredChecker, checker_for
from factcheck.explaining import explain_document
from factcheck.language_server.article import Article, Checked, check
from factcheck.language_server.settings import Settings
from factcheck.ruleset.loading import builtin_folder, digest, rule_files

__all__ = ["Checkers", "configuration_of"]

_Result = TypeVar("_Result")


def configuration_of(settings: Settings, path: Path) -> Configuration:
    """The configuration of an article or a folder: the editor's settings over the environment over the file found upward from it.

    Raises ConfigurationError when that file holds mistakes.
    """
    return for_path(path, command_line=dict(settings))


class Checkers:
    """Loads rules, checks and explains articles, one thing at a time, so that the editor is answered meanwhile.

    Every method raises FactcheckError when the rules or the configuration hold mistakes.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="factcheck")
        self._ready: dict[tuple[object, ...], Checker] = {}

    async def prepare(self, settings: Settings, folder: Path) -> None:
        """Load the rules for the articles of a folder, so that the first need not wait for them."""
        await self._run(lambda: self._checker(configuration_of(settings, folder)))

    async def check(self, settings: Settings, article: Article, folder: Path) -> Checked | None:
        """As ``article.check``; ``folder`` stands for an article that has no place yet."""

        def checked() -> Checked | None:
            configuration = configuration_of(settings, article.path or folder)
            checker = self._checker(configuration)
            # Made anew each time: the baseline may have been written meanwhile.
            finish = ConfiguredChecker(configuration, checker).finish
            return check(checker, article, finish, configuration.texts("decisions"))

        return await self._run(checked)

    async def explain(self, settings: Settings, checked: Checked, sentence: int, folder: Path) -> list[str]:
        """How a sentence of an article is read, step by step: lines to print. ``sentence``: its number, from 0."""

        def explained() -> list[str]:
            checker = self._checker(configuration_of(settings, checked.article.path or folder))
            return explain_document(checker, checked.document, {sentence})

        return await self._run(explained)

    async def renew(self, settings: Settings, path: Path) -> bool:
        """Forget an article's checker if its rules were changed since it was made; returns whether there is none now."""

        def renewed() -> bool:
            configuration = configuration_of(settings, path)
            known = self._ready.get(configuration.judging)
            folders = [Path(folder) for folder in configuration.texts("rules")]
            if known and folders and digest(rule_files([builtin_folder(), *folders])) != known.rules.sha256:
                del self._ready[configuration.judging]
            return configuration.judging not in self._ready

        return await self._run(renewed)

    def close(self) -> None:
        """End the thread after what it is doing."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _run(self, work: Callable[[], _Result]) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _checker(self, configuration: Configuration) -> Checker:
        key = configuration.judging
        if key not in self._ready:
            self._ready[key] = checker_for(configuration)
            # Rules are hundreds of thousands of values that stay; looking for garbage among them again and again takes as long as
            # a check.
            gc.freeze()
        return self._ready[key]
