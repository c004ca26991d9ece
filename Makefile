# Everything bootstraps itself: python3 (3.11+, with venv), make and git are enough.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
STAMP := $(VENV)/.synced
REFEREES := .venv-referees
LOCAL := .venv-local
SCRIPT ?= examples/last-bus.fountain
OUT ?= out/$(basename $(notdir $(SCRIPT)))
ARGS ?=
PIECES ?=
JOBS ?= 1000
KILLS ?= 20

# Compiled modules are kept, whatever the shell says: without them each command compiles all of ours anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help film studio test test-engines test-once test-local openapi schemathesis referees torture check format bench clean

help: ## show what can be made
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo 'make film SCRIPT=path/to/your.fountain [OUT=folder] [ARGS="--burn-in --size 1920x1080"]'

film: $(STAMP) ## make the film of examples/last-bus.fountain, or of SCRIPT=path
	$(BIN)/reelwright film "$(SCRIPT)" --out "$(OUT)" $(ARGS)

studio: $(STAMP) ## start the service at http://127.0.0.1:8000 (ARGS="--port 9000")
	$(BIN)/reelwright serve $(ARGS)

test: $(STAMP) ## run all tests
	$(BIN)/pytest -q -n 3

test-engines: $(STAMP) ## run what touches them on a Postgres, Redis and S3 server, where there are any
	$(BIN)/python tests/support/engines.py

test-once: $(STAMP) ## run every test once, on servers of one's own where there are any for it
	$(BIN)/python tests/support/engines.py --rest

test-local: $(STAMP) ## run models of this machine, tiny ones, in an environment with the extra [local] (large)
	UV_PROJECT_ENVIRONMENT=$(LOCAL) $(UV) sync --frozen --quiet --inexact
	$(UV) pip install --quiet --python $(LOCAL)/bin/python '.[local]'
	REELWRIGHT_WITH_LOCAL=1 $(LOCAL)/bin/pytest -q tests/local

referees: $(STAMP) ## have the vendors' own SDKs judge our fakes of their servers
	UV_PROJECT_ENVIRONMENT=$(REFEREES) $(UV) sync --frozen --quiet
	$(UV) pip install --quiet --python $(REFEREES)/bin/python -r tests/referees/requirements.txt
	$(REFEREES)/bin/pytest -q tests/referees

openapi: $(STAMP) ## write docs/openapi.json, the interface as it is
	PYTHONPATH=tests $(BIN)/python tests/support/openapi.py

schemathesis: $(STAMP) ## ask the API whatever its description allows, and more
	PYTHONPATH=tests $(BIN)/python tests/support/anything.py $(ARGS)

check: $(STAMP) ## format, lint, types, import floors, sizes
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyrefly check
	$(BIN)/lint-imports
	$(BIN)/pytest -q tests/architecture

format: $(STAMP) ## format and fix what can be fixed by machine
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

torture: $(STAMP) ## kill workers in the middle of paid calls, and lay the vendors' books beside ours
	$(BIN)/python -m benchmarks.torture --jobs $(JOBS) --kills $(KILLS)

bench: $(STAMP) ## measure the figures (or PIECES="speed asking") and write benchmarks/README.md
	$(BIN)/python -m benchmarks $(PIECES)

clean: ## remove what make made
	rm -rf $(VENV) $(REFEREES) $(LOCAL) .venv-peers .npm-peers out .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(STAMP): pyproject.toml uv.lock | $(UV)
	$(UV) sync --frozen --quiet --compile-bytecode
	@touch $@

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit("reelwright needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 ...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.8,<1'
