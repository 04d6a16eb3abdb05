# Everything lives in .venv and .cache: nothing outside this folder is changed, and deleting both starts afresh.
# Paths are relative throughout, so that a checkout may lie in a folder with blanks in its name.

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --no-input
# Half of a test's time is waiting: for a disk, a browser, a database. Two for each core keep the cores busy.
WORKERS ?= $(shell expr 2 \* $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1))
ARGS ?=

# A stamp says: the packages of these files are in the venv. It lies in the venv and goes with it.
RUNTIME := $(VENV)/.runtime-installed
DEV := $(VENV)/.dev-installed

# PORT= and HOST= are short for MOCKHALL_PORT and MOCKHALL_HOST. Some shells and conda export HOST with the name of
# the machine or of a compiler target, so from the environment only what is an address counts.
ifneq ($(strip $(PORT)),)
export MOCKHALL_PORT := $(strip $(PORT))
endif
ifeq ($(origin HOST),environment)
SERVE_ON := $(filter localhost %.%.%.% ::%,$(HOST))
else
SERVE_ON := $(HOST)
endif
ifneq ($(strip $(SERVE_ON)),)
export MOCKHALL_HOST := $(strip $(SERVE_ON))
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test test-long check lint types imports templates security vendored format bench lock fonts \
	vendor browser screenshot clean

help: ## this list
	@echo "Mockhall. Start here: make run"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile
	@echo "  PORT=9000 HOST=0.0.0.0 go with run; ARGS='-k navigator' with test and test-long; WORKERS=4 too."

# ---------------------------------------------------------------- setting up

# Order-only below: the interpreter's own date says nothing about the packages.
$(PY):
	@python="$$(tools/find-python.sh)" && echo "Making $(VENV) with $$python" && "$$python" -m venv --clear $(VENV)

$(RUNTIME): requirements/runtime.txt requirements/build.txt pyproject.toml | $(PY)
	@echo "Installing what the server needs (once, under a minute)"
	@$(PIP) --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements/dev.txt requirements/build.txt pyproject.toml | $(PY)
	@echo "Installing what tests and checks need (once, a minute or two)"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $(RUNTIME) $@

setup: $(DEV) ## the virtual environment with everything for tests and checks

# ---------------------------------------------------------------- using it

run: $(RUNTIME) ## serve on http://127.0.0.1:8000 (sets up, migrates and loads content/ by itself)
	@exec $(VENV)/bin/mockhall serve

bench: $(RUNTIME) ## the benchmark
	@exec $(VENV)/bin/mockhall bench $(ARGS)

# ---------------------------------------------------------------- tests

test: $(DEV) browser ## all tests, browser and PostgreSQL included; what can't run is skipped with a reason
	@$(PY) -m pytest -n $(WORKERS) --maxprocesses 4 --dist loadgroup $(ARGS)

test-long: $(DEV) browser ## the long forms: 2,000 stories of an attempt, 20 kills, 500 races (docs/promises.md)
	@$(PY) -m pytest -m long $(ARGS)

# Found or fetched once here: not by several test processes at the same time, and not within a test's time limit.
browser: $(DEV)
	@$(PY) -m tests.servers.chromium

# ---------------------------------------------------------------- checks

check: lint types imports templates security vendored ## style, types, import rules, templates, security, vendored files

lint: $(DEV)
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .

types: $(DEV)
	@$(VENV)/bin/mypy

imports: $(DEV)
	@$(VENV)/bin/lint-imports

templates: $(DEV)
	@if [ -d templates ]; then $(VENV)/bin/djlint --lint --quiet templates; fi

security: $(DEV)
	@$(VENV)/bin/bandit --quiet --configfile pyproject.toml --recursive platform/mockhall tools

vendored: $(DEV)
	@if [ -f tools/vendor.py ]; then $(PY) tools/vendor.py check; fi

format: $(DEV) ## put the code into the shape that `make check` asks for
	@$(VENV)/bin/ruff check --fix-only --quiet .
	@$(VENV)/bin/ruff format .

# ---------------------------------------------------------------- making committed files

lock: ## requirements/*.txt anew after a change in pyproject.toml (ARGS=--upgrade takes the newest versions)
	@tools/lock.sh $(ARGS)

fonts: $(DEV) ## static/fonts/ from their packages
	@$(PY) tools/fonts.py $(ARGS)
	@$(PY) -m tools.pdf_fonts $(ARGS)

vendor: $(DEV) ## static/vendor/ from npm, as VENDORED.toml says
	@$(PY) tools/vendor.py $(ARGS)

screenshot: $(DEV) browser ## pictures of the main pages in test-results/screenshots (ARGS="--dark /papers")
	@$(PY) -m tools.screenshot $(ARGS)

clean: ## remove the environment, caches and test results; data/ stays
	@rm -rf $(VENV) .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.* \
		build dist test-results
	@find platform tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
