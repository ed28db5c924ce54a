# make demo, make test: all the set-up a fresh machine needs beyond Python 3.11 and make happens here.
PYTHON ?= $(firstword $(foreach p,python3.11 python3.12 python3.13 python3.14 python3,$(if $(shell command -v $(p) 2>/dev/null),$(p))))
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Python compiles each module when it is first imported: compiling all of them here would take half a minute.
INSTALL := $(PIP) install --no-compile

.PHONY: setup setup-dev demo test check bench lock clean
.DEFAULT_GOAL := setup

setup: $(VENV)/.ready
setup-dev: $(VENV)/.ready-dev

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "doorstep: no Python found; install Python 3.11 or newer (Debian: apt-get install python3 python3-venv)"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "doorstep: needs Python 3.11 or newer, $(PYTHON) is $$($(PYTHON) -V 2>&1); set PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "doorstep: $(PYTHON) has no venv module (Debian: apt-get install python3-venv)"; exit 1; }
	@echo "doorstep: making $(VENV) with $$($(PYTHON) -V)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "doorstep: installing locked packages (about 200 MB the first time)"
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@$(BIN)/doorstep warm-up
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.lock
	@echo "doorstep: installing locked test tools"
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

demo: setup
	@$(BIN)/doorstep simulate plaza --out runs/demo $(ARGS)

test: setup-dev
	@$(BIN)/python -m pytest $(ARGS)

check: setup-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/codespell

bench: setup-dev
	@$(BIN)/python -m bench $(ARGS)

# Resolves pyproject.toml anew into both lock files: exact versions and hashes, no addresses.
lock: $(VENV)/bin/python
	@$(PIP) install uv
	@$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-header --universal --python-version 3.11 pyproject.toml requirements.in -o requirements.lock
	@$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-header --universal --python-version 3.11 pyproject.toml requirements.in --group dev -o requirements-dev.lock
	@$(PIP) uninstall --yes uv

clean:
	@rm -rf $(VENV) runs .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
