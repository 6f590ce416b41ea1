# The two commands of the README are `make serve` and `make test`; the rest are their parts.
SHELL := /bin/bash
VENV := .venv
PY := $(VENV)/bin/python
NBKG := $(VENV)/bin/nbkg
PYTHON ?= python3
PORT ?= 8000
# Processes that the tests run in: more than there are processors, for many tests wait for a server. The tests of a file
# share one, so that its server starts once; long files stand early in the tree and keep their place.
JOBS ?= $(shell expr 3 \* $$(getconf _NPROCESSORS_ONLN) / 2)
UV := $(shell command -v uv 2>/dev/null)

# With uv where it is, with venv and pip where it is not: the same hashed lock either way.
ifeq ($(UV),)
  MAKE_VENV = $(PYTHON) -m venv $(VENV)
  PIP = $(PY) -m pip --disable-pip-version-check --quiet install
else
  MAKE_VENV = $(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
  PIP = VIRTUAL_ENV=$(CURDIR)/$(VENV) $(UV) pip install --quiet --compile-bytecode
endif

NPM := $(shell command -v npm 2>/dev/null)

EDITOR := sparql_endpoint/static/editor

# Compiled once: where Python must not write bytecode (PYTHONDONTWRITEBYTECODE), each start would compile all modules anew.
# What pytest makes of the tests is kept too: to make it anew took each process of a run four seconds.
unexport PYTHONDONTWRITEBYTECODE
COMPILE = $(PY) -m compileall -q nbkg loader sparql_endpoint

.PHONY: setup spark browser editor compiled build serve test pytest check format bench lock clean

setup: $(VENV)/.runtime $(VENV)/.dev browser editor

$(VENV)/.runtime: requirements.lock requirements-build.lock pyproject.toml
	@echo "Setting up $(VENV) …"
	@test -x $(PY) || $(MAKE_VENV)
	@$(PIP) --require-hashes -r requirements.lock -r requirements-build.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	@echo "Adding the tools for tests and checks …"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

# PySpark for `nbkg marc convert --engine spark` and its test; it needs Java 17 or newer.
spark: $(VENV)/.runtime
	@$(PIP) --require-hashes -r requirements-spark.lock

# What the pages' scripts and the browser tests need from npm. Where npm is not, the pages do without.
ifeq ($(NPM),)
browser editor:
else
browser: node_modules/.installed
editor: $(EDITOR)/editor.js
endif

node_modules/.installed: package.json package-lock.json
	@echo "Adding the packages of package-lock.json …"
	@$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error && touch $@ || echo "npm failed: the query page has its form only, browser tests are skipped"

# The editor of the query page, where npm brought what it is built from.
$(EDITOR)/editor.js: node_modules/.installed $(wildcard sparql_endpoint/editor/*.mjs sparql_endpoint/editor/*.css sparql_endpoint/editor/licences/*)
	@test ! -d node_modules/@zazuko || $(NPM) run --silent build

# A wheel whose reading and mapping of MARC records are compiled, where a C compiler is.
compiled: $(VENV)/.dev
	rm -rf dist/compiled
	HATCH_BUILD_HOOK_ENABLE_CUSTOM=true $(PY) -m build --wheel --no-isolation --outdir dist/compiled

build: $(VENV)/.runtime
	$(NBKG) build

serve: $(VENV)/.runtime editor
	@$(COMPILE)
	$(NBKG) serve --port $(PORT)

# The checks and the tests at once, for the slowest check has one processor only.
test: $(VENV)/.dev browser editor
	@$(COMPILE)
	@$(MAKE) --no-print-directory --jobs=2 check pytest

pytest: $(VENV)/.dev
	$(PY) -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

check: $(VENV)/.dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

format: $(VENV)/.dev
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

bench: $(VENV)/.dev
	$(PY) -m benchmarks

lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet -o requirements.lock
	uv pip compile --group build --universal --python-version 3.11 --generate-hashes --quiet -c requirements.lock -o requirements-build.lock
	uv pip compile pyproject.toml --extra spark --universal --python-version 3.11 --generate-hashes --quiet -c requirements.lock -o requirements-spark.lock
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --quiet -c requirements.lock -c requirements-build.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) node_modules $(EDITOR) var build dist .mypy_cache .ruff_cache .pytest_cache
