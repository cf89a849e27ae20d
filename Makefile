# make demo    compare two releases of an example repository and show the report
# make test    lint, the tests on the source tree, the tests on the built wheel
# make lint    ruff, mypy --strict, import-linter
# make format  let ruff format and mend what it can
# make bench   time and memory as ratios to other tools, on the same files
#
# Every target sets itself up in .venv and .venv-wheel, with the first Python of 3.11 or newer on the PATH. Another Python
# gets environments of its own, .venv-3.13 and .venv-wheel-3.13: make test PYTHON=python3.13 (or /path/to/python3).
# `make clean` removes all that was made.

VERSION    := $(if $(PYTHON),-$(shell '$(PYTHON)' -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null))
VENV       := .venv$(VERSION)
WHEEL_VENV := .venv-wheel$(VERSION)
PY         := $(VENV)/bin/python
WHEEL_PY   := $(WHEEL_VENV)/bin/python
PIP        := -m pip --quiet --disable-pip-version-check install
WORKERS    ?= auto

RUN        := $(VENV)/.ready-to-run
DEVELOP    := $(VENV)/.ready-to-develop
WHEEL      := $(WHEEL_VENV)/.ready
PACKAGED   := $(shell find src rules -type f -not -name '*.pyc' 2>/dev/null) pyproject.toml README.md LICENSE

.PHONY: help demo test lint format bench test-source test-wheel clean
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

help:
	@sed -n '1,/^$$/s/^# \{0,1\}//p' Makefile

demo: $(RUN)
	$(PY) demo/run.py

# The order is that of the recipes: cheap and likely to fail first. The wheel's tests come last.
test:
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory test-source
	@$(MAKE) --no-print-directory test-wheel

lint: $(DEVELOP)
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

format: $(DEVELOP)
	$(VENV)/bin/ruff check --fix
	$(VENV)/bin/ruff format

test-source: $(DEVELOP)
	$(PY) -m pytest -n $(WORKERS)

# `src/` is on no path of this environment: what is tested is what the wheel carries. Tests about the source tree, and those on
# real contracts, which take their time, have run before.
test-wheel: $(WHEEL)
	CONTRACTGUARD_TESTED=wheel $(WHEEL_PY) -P -m pytest -n $(WORKERS) -m "not source and not real"

bench: $(RUN)
	bash benchmarks/peers.sh
	$(PY) benchmarks/compare_peers.py

$(PY):
	@python=$$(sh tools/find-python.sh '$(PYTHON)') && echo "making $(VENV) with $$python" && "$$python" -m venv $(VENV)

$(WHEEL_PY):
	@python=$$(sh tools/find-python.sh '$(PYTHON)') && echo "making $(WHEEL_VENV) with $$python" && "$$python" -m venv $(WHEEL_VENV)

# `pip install --group` came with pip 25.1. pip compiles what it installs, but not what it installs editable, and Python does
# not keep what it compiles where PYTHONDONTWRITEBYTECODE is set: each run would take twice as long.
$(RUN): pyproject.toml | $(PY)
	$(PY) $(PIP) --upgrade 'pip>=25.1'
	$(PY) $(PIP) --editable .
	$(PY) -m compileall -q src
	@touch $@

$(DEVELOP): pyproject.toml $(RUN)
	$(PY) $(PIP) --group test --group lint --group build
	@touch $@

$(WHEEL): $(PACKAGED) $(DEVELOP) | $(WHEEL_PY)
	@rm -rf build/wheel$(VERSION)
	$(PY) -m build --wheel --no-isolation --outdir build/wheel$(VERSION) .
	$(WHEEL_PY) $(PIP) --upgrade 'pip>=25.1'
	$(WHEEL_PY) $(PIP) --group test --group build build/wheel$(VERSION)/*.whl
	$(WHEEL_PY) $(PIP) --force-reinstall --no-deps build/wheel$(VERSION)/*.whl
	@touch $@

clean:
	rm -rf .venv .venv-* build dist demo-output .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
