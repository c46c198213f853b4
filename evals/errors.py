"""Errors of suites and data sets; the tree is drawn in ingest.errors."""

from __future__ import annotations

from ingest.errors import InputError


class BadSuite(InputError):
    """Raised for a line of a suite that is no case. Fields: path, line, reason."""

    code = "bad-suite"
    sentence = "{path}, line {line} is no question of a suite: {reason}."


class BadDataSet(InputError):
    """Raised where a folder is no data set in BEIR's form. Fields: path, reason."""

    code = "bad-data-set"
    sentence = "{path} is no data set in BEIR's form: {reason}."
