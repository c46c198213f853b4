# `make run`: environment, index, chat in the browser. `make test`: all tests. `make check`: lint, types, layers.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: env run test check format index

env: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

run: env
	$(BIN)/planqa index
	$(BIN)/planqa serve

index: env
	$(BIN)/planqa index

check: env
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	HF_HUB_OFFLINE=1 $(BIN)/python -m pytest $(ARGS)

format: env
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
