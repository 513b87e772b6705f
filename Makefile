PY ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

# Where Python is told not to keep what it compiled (as in many container images), every process would compile all
# libraries anew: 4 s of processor time for each of the hundred that the tests start.
unexport PYTHONDONTWRITEBYTECODE

# How setting up failed is in a log: its end says why, and what follows says what to do.
LOG = $(VENV)/setup.log
define unfetched
{ tail -n 3 $(LOG) | cut -c 1-300 >&2; printf '%s\n' '' \
  'storydiff: its packages could not be installed; the lines above and $(LOG) say why.' \
  'They come once from the Python package index (PyPI), so this machine has to reach it. Behind a proxy set HTTPS_PROXY;' \
  'with a mirror of your own set UV_DEFAULT_INDEX and PIP_INDEX_URL; where a proxy has a certificate of its own set' \
  'UV_SYSTEM_CERTS=1 and UV_NATIVE_TLS=1. Then run: make $(or $(MAKECMDGOALS),demo)' >&2; exit 1; }
endef

.PHONY: demo test check e2e bench clean setup

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "storydiff needs Python 3.11 or newer, and '$(PY)' is none. Is there another? make PY=python3.12 $(MAKECMDGOALS)" >&2; echo "On Debian 12, Ubuntu 24.04 or newer: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PY) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@test -x $(BIN)/python || $(PY) -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.5' 2>$(LOG) || $(unfetched)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable '.[dev]' 2>$(LOG) || $(unfetched)
	@touch $@

demo: setup
	@$(BIN)/storydiff demo

test: setup
	@$(BIN)/python -m pytest -n auto --dist loadgroup -m 'not e2e'

check: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@MYPY_NUM_WORKERS=2 $(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

e2e: setup
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable '.[e2e]' 2>$(LOG) || $(unfetched)
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 -m e2e tests/e2e

bench: setup
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable '.[bench]' 2>$(LOG) || $(unfetched)
	@$(BIN)/python -m bench speed

clean:
	rm -rf $(VENV) out build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
