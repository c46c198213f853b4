# make run     environment, index, chat in the browser on 127.0.0.1:7860
# make test    lint, types, layers, all tests (ARGS="-k index" picks some)
# make env     the environment in .venv; the others make it when it is missing or requirements.lock has changed
# make check   lint, types, layers      make format   rewrite the code in its format
# make docs    write docs/cli.md and the examples of README.md again
# make scores  write the scores of docs/evaluation.md again (minutes)
# make bench   the benchmarks
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input

.PHONY: env run index test check format docs scores bench

# The stamp is written last: an installation that was stopped half-way is done again.
$(STAMP): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

env: $(STAMP)

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

# One thread for each library: on a busy machine a second one makes everything slower.
test: export OMP_NUM_THREADS = 1
test: export OMP_THREAD_LIMIT = 1
test: export HF_HUB_OFFLINE = 1
test: check
	$(BIN)/python -m pytest $(ARGS)

format: env
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: env
	$(BIN)/python docs/generate.py

scores: export OMP_NUM_THREADS = 1
scores: env
	$(BIN)/python docs/scores.py

bench: export OMP_NUM_THREADS = 1
bench: env
	$(BIN)/python benchmarks/answer.py
	$(BIN)/python benchmarks/index.py
	$(BIN)/python benchmarks/restore.py
