"""Errors of the index and of the models; the tree is drawn in ingest.errors."""

from __future__ import annotations

from ingest.errors import InputError, PlanqaError


class EmptyCorpus(InputError):
    """Raised where a corpus folder holds no document. Fields: path."""

    code = "empty-corpus"
    sentence = "No document in {path}: put .md, .txt, .docx or .pdf files there."


class IndexFault(PlanqaError):
    """Something is wrong with the index."""


class IndexMissing(IndexFault):
    """Raised where there is no index in the folder. Fields: path."""

    code = "index-missing"
    sentence = "No index in {path}: run `planqa index`."


class IndexDamaged(IndexFault):
    """Raised where a part of the index is missing or does not match its checksum. Fields: path, part."""

    code = "index-damaged"
    sentence = "The index in {path} is damaged ({part}): run `planqa index --rebuild`."


class IndexOutdated(IndexFault):
    """Raised where the index was made by another version or with other settings. Fields: path, reason."""

    code = "index-outdated"
    sentence = "The index in {path} does not fit ({reason}): run `planqa index`."


class IndexBusy(IndexFault):
    """Raised where another process is writing the index. Fields: path."""

    code = "index-busy"
    sentence = "Another process is writing the index in {path}: try again when it is done."


class ModelFault(PlanqaError):
    """Something is wrong with a model."""


class ModelMissing(ModelFault):
    """Raised where the embedding model cannot be loaded. Fields: model, reason."""

    code = "model-missing"
    sentence = "The embedding model {model} cannot be loaded: {reason}."
