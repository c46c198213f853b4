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


class NothingToAsk(InputError):
    """Raised where the filters of a run leave no question. Fields: filters."""

    code = "nothing-to-ask"
    sentence = "No question of the suites is left by the filters ({filters})."


class BadReport(InputError):
    """Raised where a folder or file holds no report of an evaluation. Fields: path, reason."""

    code = "bad-report"
    sentence = "{path} is no report of an evaluation: {reason}."


class BadGates(InputError):
    """Raised for a file of gates that cannot be used. Fields: path, reason."""

    code = "bad-gates"
    sentence = "{path} holds no gates: {reason}."
