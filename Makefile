# Everything a person does here. `make` alone explains it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
SOURCES := app.py ui index pipeline benchmarks samples training tests
DATA = $(or $(KAMERANTWOORD_DATA),data)

.DEFAULT_GOAL := help
.PHONY: help setup run test check format screenshots bench samples clean browser faults

help:  ## show what there is to make
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' \
		| awk -F '\t' '{ printf "  make %-10s %s\n", $$1, $$2 }'

setup: $(VENV)/.installed  ## make .venv and install what the page needs

run: setup  ## open the page on http://127.0.0.1:8501, with sample documents the first time
	@test -n "$(KAMERANTWOORD_DATABASE)" -o -e "$(DATA)/kamerantwoord.db" || $(BIN)/kamerantwoord add samples/documents
	@$(BIN)/kamerantwoord serve

test: check browser  ## lint, types and every test
	$(BIN)/python -m pytest -n auto --dist loadgroup

check: $(VENV)/.installed-dev  ## lint and types
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy --num-workers auto

format: $(VENV)/.installed-dev  ## put the code in its form
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

faults: $(VENV)/.installed-dev  ## break it 200 times and more, at full length (about half an hour)
	FAULTS=full $(BIN)/python -m pytest -m 'not browser' tests/faults

bench: $(VENV)/.installed-dev  ## measure speed and memory, and write docs/performance.md
	$(BIN)/python -m benchmarks $(if $(SIZES),--sizes $(SIZES))

samples: $(VENV)/.installed-dev  ## typeset the sample documents anew
	$(BIN)/python -m samples.typeset

screenshots: $(VENV)/.installed-dev browser  ## take the pictures of the page anew
	$(BIN)/python -m tests.screenshots

clean:  ## remove the virtual environment and tool caches; data stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info

# torch first and pinned: otherwise pip may choose a build with gigabytes of CUDA.
$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; set PYTHON=…" >&2; exit 1; }
	@echo "Installing into $(VENV); the first time takes a few minutes."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --constraint constraints.txt torch
	@$(PIP) --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(PIP) --constraint constraints.txt --editable '.[dev]'
	@touch $@

browser:
	@sh tests/find_browser.sh
