PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
ARGS ?=

.PHONY: install extras develop demo test chaos discord-js screenshot reading check format lint types contracts lock

install: $(VENV)/.installed

# What some settings need, and nothing else does: a language model, the first pages of papers, training.
extras: $(VENV)/.extras

# What is developed with comes apart, so that nobody who only wants to run the bot waits for it.
develop: $(VENV)/.developing

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -m venv $(VENV) 1>&2
	@$(PIP) --require-hashes -r requirements.lock 1>&2
	@$(PIP) --no-deps --no-build-isolation --no-index -e . 1>&2
	@touch $@

$(VENV)/.extras: $(VENV)/.installed requirements-extras.lock
	@$(PIP) --require-hashes -r requirements-extras.lock 1>&2
	@touch $@

$(VENV)/.developing: $(VENV)/.extras requirements-dev.lock
	@$(PIP) --require-hashes -r requirements-dev.lock 1>&2
	@touch $@

demo: install
	@$(BIN)/paperboy demo $(ARGS)

# One more at a time than there are cores: many tests wait for a process or a second to pass.
WORKERS = $(shell $(BIN)/python -c "import os; print((os.cpu_count() or 1) + 1)")

test: develop discord-js
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(or $(ARGS),--every-route)

# discord.js, for the one test that needs it; without npm, or where it cannot be had, that test is skipped.
DISCORD_JS := tests/discord_js

discord-js: $(DISCORD_JS)/node_modules/.installed

$(DISCORD_JS)/node_modules/.installed: $(DISCORD_JS)/package-lock.json
	@if ! command -v npm >/dev/null; then echo "no npm here: the test of discord.js will be skipped" 1>&2; \
	elif npm ci --prefix $(DISCORD_JS) --ignore-scripts --no-audit --no-fund --loglevel=error 1>&2; then touch $@; \
	else echo "discord.js could not be installed: its test will be skipped" 1>&2; fi

screenshot: develop
	@PYTHONPATH=tests $(BIN)/python docs/screenshot.py
	@PYTHONPATH=tests $(BIN)/python docs/style_pictures.py

# Kills the bot a thousand times while it delivers; ARGS="--kills 100 --seed 7" for another run.
chaos: develop
	@PYTHONPATH=tests $(BIN)/python -m support.chaos $(ARGS)

reading: develop
	@$(BIN)/python docs/reading.py

format: develop
	@$(BIN)/ruff format --check .

lint: develop
	@$(BIN)/ruff check .

types: develop
	@$(BIN)/mypy

contracts: develop
	@$(BIN)/lint-imports

check: format lint types contracts test

# Needs uv. The locks name no index and hold every supported Python; the first has the build backend too, the second
# and the third hold to the one before.
LOCKED := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header

lock:
	@$(LOCKED) --group build pyproject.toml -o requirements.lock
	@$(LOCKED) --all-extras pyproject.toml -c requirements.lock -o requirements-extras.lock
	@$(LOCKED) --group dev pyproject.toml -c requirements-extras.lock -o requirements-dev.lock
