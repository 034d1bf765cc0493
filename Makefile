# Every command of the project. `make` alone lists them.
#
#   make run PORT=8000 INSTANCE=/srv/groups     another port, another data folder
#   make test ARGS="tests/board -k search"      some of the tests

PYTHON   ?= python3
PORT     ?= $(or $(CFC_PORT),5000)
INSTANCE ?= $(or $(CFC_INSTANCE),instance)
ARGS     ?=
# Processes of a test run; each file stays in one process. 1: no parallel run.
JOBS     ?= 2

VENV  := .venv
PY    := $(VENV)/bin/python
FLASK := $(PY) -m flask --app app
WITH  := CFC_INSTANCE="$(INSTANCE)" CFC_PORT="$(PORT)"

# A stamp file stands for "this step was done with these inputs", so that a second run costs nothing.
RUNTIME   := $(VENV)/.runtime-installed
DEV       := $(VENV)/.dev-installed
LANGUAGE  := cfc_groups/translations/zh_Hans
CATALOGUE := $(LANGUAGE)/LC_MESSAGES/messages.mo

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

.PHONY: help
help: ## List these commands
	@echo "Usage: make COMMAND [PORT=5000] [INSTANCE=instance] [ARGS=...]"
	@sed -nE 's/^([a-z-]+):.*## (.*)/  \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-16s %s\n", $$1, $$2}'

## ---- Run

.PHONY: run
run: compile ## Set everything up and serve the site, with the demo alliance when the instance is new
	@$(WITH) $(FLASK) prepare --demo
	@$(WITH) $(FLASK) serve

.PHONY: init
init: compile ## Make a real instance without the demo and print the set-up codes of two coordinators
	@$(WITH) $(FLASK) init

.PHONY: prepare
prepare: compile ## Bring an instance up to date with the program (keys and database where nothing is yet, no demo)
	@$(WITH) $(FLASK) prepare

.PHONY: serve
serve: prepare ## The same as run, but without the demo: for a real instance
	@$(WITH) $(FLASK) serve

.PHONY: backup
backup: $(RUNTIME) ## Back up an instance, also while it is being used: make backup FILE=site-backup.db
	@test -n "$(FILE)" || { echo 'Say where to: make backup FILE=site-backup.db' >&2; exit 2; }
	@$(WITH) $(FLASK) backup "$(FILE)"

## ---- Develop

.PHONY: setup
setup: $(DEV) compile ## Only install: the virtual environment with everything for work and tests

.PHONY: test
test: $(DEV) compile ## Run all tests; installs what they need (ARGS="tests/board -k search" picks some)
	@tools/browser.sh
	@$(PY) -m pytest $(if $(filter-out 1,$(JOBS)),-n $(JOBS) --dist loadfile) $(ARGS)

.PHONY: check
check: $(DEV) ## Lint and type-check
	@$(PY) -m ruff check .
	@$(PY) -m mypy

.PHONY: fmt
fmt: $(DEV) ## Put the code in its usual shape
	@$(PY) -m ruff check --fix-only .
	@$(PY) -m ruff format .

.PHONY: compile
compile: $(CATALOGUE) ## Compile the catalogues of translations

.PHONY: catalogues
catalogues: $(RUNTIME) ## Tell which sentences have no Chinese yet and which entries nobody uses any more
	@$(PY) -m tools.catalogues

.PHONY: docs
docs: $(RUNTIME) ## Write the pages of docs/ that are made from the code
	@$(PY) -m tools.permissions_page

.PHONY: screenshots
screenshots: $(DEV) compile ## Save a picture of every page at three widths and in both languages in screenshots/
	@tools/browser.sh
	@SCREENSHOTS=screenshots $(PY) -m pytest tests/browser -m screenshots $(ARGS)

.PHONY: bench
bench: $(RUNTIME) compile ## Measure speed and size against the floor (ARGS="--seconds 5 board")
	@$(PY) -m bench $(ARGS)

.PHONY: pin
pin: $(DEV) ## Pin the dependencies anew (UPGRADE=1 takes newer versions)
	@tools/pin.sh

.PHONY: check-windows
check-windows: $(RUNTIME) ## Check that every pinned package of the site has a Windows wheel
	@$(PY) -m tools.check_wheels

.PHONY: clean
clean: ## Remove what make made; the instance and its keys stay
	rm -rf $(VENV) $(LANGUAGE)/LC_MESSAGES bench/results screenshots test-results
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find cfc_groups tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

## ---- Steps behind the commands

$(RUNTIME): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed.")'
	@test -x $(VENV)/bin/pip || { echo "Making the virtual environment $(VENV) …"; $(PYTHON) -m venv $(VENV); }
	@echo "Installing the pinned packages …"
	@$(PY) -m pip install --quiet --require-hashes -r requirements.txt
	@touch $@

$(DEV): requirements-dev.txt $(RUNTIME)
	@echo "Installing the pinned packages for tests and checks …"
	@$(PY) -m pip install --quiet --require-hashes -r requirements.txt -r requirements-dev.txt
	@touch $@

# The folder is an input too, so that a removed catalogue is noticed.
$(CATALOGUE): $(wildcard $(LANGUAGE)) $(wildcard $(LANGUAGE)/*.po) tools/compile_catalogues.py $(RUNTIME)
	@$(PY) -m tools.compile_catalogues
