PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
ARGS ?=

.PHONY: install develop demo test check format lint types contracts lock

install: $(VENV)/.installed

# What is developed with comes apart, so that nobody who only wants to run the bot waits for it.
develop: $(VENV)/.developing

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -m venv $(VENV) 1>&2
	@$(PIP) --require-hashes -r requirements.lock 1>&2
	@$(PIP) --no-deps --no-build-isolation --no-index -e . 1>&2
	@touch $@

$(VENV)/.developing: $(VENV)/.installed requirements-dev.lock
	@$(PIP) --require-hashes -r requirements-dev.lock 1>&2
	@touch $@

demo: install
	@$(BIN)/paperboy demo $(ARGS)

test: develop
	@$(BIN)/python -m pytest -n auto $(or $(ARGS),--every-route)

format: develop
	@$(BIN)/ruff format --check .

lint: develop
	@$(BIN)/ruff check .

types: develop
	@$(BIN)/mypy

contracts: develop
	@$(BIN)/lint-imports

check: format lint types contracts test

# Needs uv. The locks name no index and hold every supported Python; the first has the build backend too.
LOCKED := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header

lock:
	@$(LOCKED) --group build pyproject.toml -o requirements.lock
	@$(LOCKED) --group dev pyproject.toml -c requirements.lock -o requirements-dev.lock
