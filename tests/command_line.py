"""The command line called in this process: the status, and what stands on standard output and standard error."""

from __future__ import annotations

import contextlib
import io
import sys
from dataclasses import dataclass
from unittest import mock

from factcheck.commands import main


@dataclass(frozen=True)
class Done:
    status: int
    out: str
    err: str


def call(*arguments: str) -> Done:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    status = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), mock.patch.object(sys, "argv", ["factcheck"]):
        try:
            main(list(arguments))
        except SystemExit as end:
            status = int(end.code or 0)
    texts = []
    for stream in (out, err):
        stream.flush()
        stream.buffer.seek(0)
        texts.append(stream.buffer.read().decode())
    return Done(status, *texts)
