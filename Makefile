# Each target sets up what it needs. Only Python 3.11 or newer has to be there; on Windows see README.md.
PYTHON ?= python3
BIN := .venv/bin
SAMPLE := data/streets/sample
.DEFAULT_GOAL := help
.PHONY: help run test check bench sample pictures clean

help:  ## Show what can be made.
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: .venv/.runtime  ## Open the dashboard on 127.0.0.1:8501, with the sample street if there is none yet.
	@ls $(SAMPLE)/generations/*[0-9].duckdb >/dev/null 2>&1 || $(MAKE) --no-print-directory sample
	@exec $(BIN)/union-atlas serve

sample: .venv/.runtime  ## Write the sample street's ledgers and load them.
	$(BIN)/union-atlas sample
	$(BIN)/union-atlas load data/sample

test: check  ## Check the code, then run every test (browser tests where a Chromium is found).
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: .venv/.dev  ## Lint and type-check.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

pictures: .venv/.dev  ## Take README's pictures anew (needs a Chromium).
	UNION_ATLAS_REQUIRE_BROWSER=1 UNION_ATLAS_PICTURES=docs/pictures \
	  $(BIN)/python -m pytest -q tests/browser -k 'page_opens and desk'

bench: .venv/.dev  ## Measure the ratios of docs/performance.md.
	$(BIN)/python -m benchmarks

.venv/.runtime: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo '需要 Python 3.11 或更新版本。'; exit 1; }
	@test -x $(BIN)/pip || { echo '首次运行：正在准备环境，需要几分钟……'; $(PYTHON) -m venv .venv; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@touch $@

clean:  ## Remove the environment and caches; streets' folders stay.
	rm -rf .venv .cache .ruff_cache *.egg-info
