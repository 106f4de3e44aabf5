# `make run` and `make test` need Python 3.11 or later and make; everything else is installed into
# .venv by exact, hashed pins, again only when a pin changes.
#   make run PORT=8001      make test ARGS="tests/config -x"

.DEFAULT_GOAL := help
.PHONY: help run test check proof bench setup

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:
SERVERS := $(PY) -m config.servers
# The peers that the measurements run against live apart: the product and its tests never see them.
BENCH_VENV := var/bench-venv
JOBS ?= auto
ARGS ?=

help:
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST)

run: $(VENV)/runtime.stamp ## the product on this machine, with demonstration data
	@exec $(SERVERS) -- $(PY) -m config.run

test: check ## everything that is checked, then every test; the last line counts them
	@PRIMES_ENV=test exec $(SERVERS) --ephemeral -- $(PY) -m pytest -q -n $(JOBS) $(ARGS)

check: $(VENV)/dev.stamp ## style, types, import order
	@$(PY) -m config.catalogues
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -c "from importlinter.cli import lint_imports_command as check; check()"

proof: $(VENV)/dev.stamp ## every property of the suite, with a hundred times more examples
	@PRIMES_ENV=test exec $(SERVERS) --ephemeral -- $(PY) -m pytest -q -n $(JOBS) -m "not browser" \
	  --hypothesis-profile=proof --hypothesis-show-statistics $(ARGS)

bench: $(BENCH_VENV)/bench.stamp ## the measurements, as ratios
	@PRIMES_ENV=test exec $(SERVERS) --ephemeral -- $(BENCH_VENV)/bin/python -m bench $(ARGS)

setup: $(VENV)/runtime.stamp ## only install

$(VENV)/runtime.stamp: requirements.txt requirements/embedded.txt $(PY)
	@echo "Installing the pinned packages into $(VENV) …"
	@$(PIP) -r requirements.txt -r requirements/embedded.txt
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/runtime.stamp
	@echo "Installing the packages of the tests into $(VENV) …"
	@$(PIP) -r requirements/dev.txt
	@touch $@

$(BENCH_VENV)/bench.stamp: bench/requirements.txt requirements/dev.txt $(VENV)/runtime.stamp
	@echo "Installing the packages of the measurements into $(BENCH_VENV) …"
	@$(PY) -m venv --clear $(BENCH_VENV)
	@$(subst $(PY),$(BENCH_VENV)/bin/python,$(PIP)) -r requirements.txt -r requirements/dev.txt -r bench/requirements.txt
	@touch $@

# PYTHON names the interpreter; without it, the first on the path that is recent enough.
$(PY):
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    $$python -m venv --clear $(VENV) && exit 0; rm -rf $(VENV); exit 1; \
	  fi; \
	done; \
	echo "Primes needs Python 3.11 or later; \`$$(python3 --version 2>&1)\` is what is on the path (make PYTHON=/path/of/python3.11 …)."; \
	exit 1
