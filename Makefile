# Every command of the project. The README writes each one out for people without make.
# Nothing is needed beforehand but Python 3.11 or newer; everything is installed into .venv.

VENV := .venv
PY := $(VENV)/bin/python

# The first Python that is new enough and can make virtual environments.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	if $$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	then echo $$p; break; fi; done)

# The name of a stamp holds the checksum of its lock file: packages are installed again only when the lock changes.
checksum = $(shell cat $(1) | cksum | tr ' ' '-')
READY := $(VENV)/ready-$(call checksum,requirements.txt)
READY_DEV := $(VENV)/ready-dev-$(call checksum,requirements-dev.txt)
DISTRIBUTED := .venv-distributed
READY_DISTRIBUTED := $(DISTRIBUTED)/ready-$(call checksum,requirements-distributed.txt)

# More words for the command, like: make test ARGS="tests/unit -k calendar"
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help venv run sample refresh test quick check bench mutants compare damage attack distributed lock

help:     ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

run: $(READY)       ## Install, prepare data on the first start, open the application
	@$(PY) -m ui.server.launch $(ARGS)

sample: $(READY)    ## Write sample data (synthetic) to var/sample
	@$(PY) -m sample_data --out var/sample $(ARGS)

refresh: $(READY)   ## Read OVERSIGHT_SOURCE again and publish a new snapshot
	@$(PY) -m data_access refresh $(ARGS)

test: $(READY_DEV)  ## Run every test, browser tests included where a Chromium is found
	$(PY) -m pytest $(ARGS)

quick: $(READY_DEV) ## Run the tests without the browser and without the slow ones
	$(PY) -m pytest -m "not slow and not browser" $(ARGS)

check: $(READY_DEV) ## Check format, lint rules, floors and types
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(VENV)/bin/lint-imports --no-logo
	$(PY) -m mypy

bench: $(READY_DEV) ## Measure page speed in Chromium on the demo snapshot
	@$(PY) -m tests.benchmarks.page_speed $(ARGS)
	@$(PY) -m tests.benchmarks.map_speed
	@$(PY) -m tests.benchmarks.export_speed
	@$(PY) -m tests.benchmarks.slide_speed
	@$(PY) -m tests.benchmarks.paper_speed

mutants: $(READY_DEV) ## Change single lines and see whether a test fails; prints the share killed
	@$(PY) -m tests.mutants.run

compare: $(READY_DEV) ## Compare pages, files and `show` under 200 filter combinations; prints the count
	@COMPARE_COMBINATIONS=200 $(PY) -m pytest -n0 --log-cli-level=INFO tests/pages/test_one_number.py $(ARGS)

damage: $(READY_DEV) ## Damage 340 loads in every way known; each is answered with a sentence
	@DAMAGED_LOADS=379 $(PY) -m pytest -n0 tests/importers/test_damaged_loads.py $(ARGS)

attack: $(READY_DEV) ## Attack the public level with a solver: random countries and the demo
	@$(PY) -m tests.disclosure.attack $(ARGS)

# Its own environment: the ordinary one stays as small as it is.
distributed: $(READY_DISTRIBUTED) ## Count every roll-up in PostgreSQL, in its shards and in Spark too
	@$(DISTRIBUTED)/bin/python -m tests.distributed.run $(ARGS)

lock: $(READY_DEV)  ## Work out requirements.txt and requirements-dev.txt from the two .in lists
	$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --no-header --no-emit-index-url \
		requirements.in --output-file requirements.txt
	$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --no-header --no-emit-index-url \
		--constraints requirements.txt requirements-dev.in --output-file requirements-dev.txt
	$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --no-header --no-emit-index-url \
		--constraints requirements-dev.txt requirements-distributed.in \
		--output-file requirements-distributed.txt

venv: $(READY_DEV)  ## Make .venv with the development tools

$(READY): $(PY)
	@$(call install,requirements.txt)
	@rm -f $(VENV)/ready-[0-9]* && touch $@

$(READY_DEV): $(PY)
	@$(call install,requirements-dev.txt)
	@rm -f $(VENV)/ready-* && touch $(READY) $@

$(READY_DISTRIBUTED): $(PY)
	@$(PYTHON) -m venv --clear $(DISTRIBUTED)
	@$(call install,requirements-distributed.txt,$(DISTRIBUTED)/bin/python)
	@touch $@

define install
$(or $(2),$(PY)) -m pip install --disable-pip-version-check --requirement $(1) || { \
	echo "ติดตั้งไม่สำเร็จ โปรดตรวจการเชื่อมต่อเครือข่าย แล้วสั่งอีกครั้ง"; \
	echo "The packages could not be installed: check the network connection, then run the same command again."; \
	exit 1; }
endef

$(PY):
	@test -n "$(PYTHON)" || { \
		echo "ไม่พบ Python 3.11 ขึ้นไป (พร้อม venv) โปรดติดตั้งก่อน หรือระบุเอง เช่น make run PYTHON=/opt/python3.12/bin/python3"; \
		echo "No Python 3.11 or newer (with venv) was found. Install one, or name it: make run PYTHON=/opt/python3.12/bin/python3"; \
		exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
