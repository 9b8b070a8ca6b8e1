"""The optional libraries of a scan, and what to do when one is missing."""

from __future__ import annotations

from importlib.util import find_spec

from factcheck.errors import MissingExtraError

_PURPOSES = {
    "pyarrow": "tables of an archive are read and written with pyarrow",
    "fsspec": "addresses such as s3:// or https:// are opened with fsspec",
    "fastwarc": "WARC files are read with FastWARC",
    "resiliparse": "the text of web pages is found with Resiliparse",
    "distributed": "a scan on several machines is run by Dask distributed",
}


def require(*modules: str) -> None:
    """Raise MissingExtraError, naming what to install, unless all of ``modules`` (keys of ``_PURPOSES``) can be imported."""
    for module in modules:
        if find_spec(module) is None:
            raise MissingExtraError(f"{_PURPOSES[module]}, which is not installed; run: pip install 'factcheck-annotator[scale]'")
