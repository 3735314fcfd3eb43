# `make` lists what there is. GNU make 3.81 (macOS) and newer.

PYTHON ?= python3
PORT   ?= 8501

VENV       := .venv
PY         := $(VENV)/bin/python
PIP        := $(PY) -m pip install --quiet --disable-pip-version-check
APP_READY  := $(VENV)/.app-installed
DEV_READY  := $(VENV)/.dev-installed
BENCH_READY := $(VENV)/.bench-installed
NODE_READY := $(VENV)/.node-installed
NPM        := cd assets && PATH="$(CURDIR)/$(VENV)/bin:$$PATH" npm

.PHONY: help run check test lint bundle bench load scale samples pictures api clean
.DEFAULT_GOAL := help

help:  ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

run: $(APP_READY)  ## Serve the app at http://localhost:8501 (another port: make run PORT=8600)
	$(PY) -m streamlit run serve.py --server.headless true --server.port $(PORT) --browser.serverAddress localhost

check: lint  ## The fast gate: format, lint, types, and every test that needs no browser
	$(PY) -m pytest -m "not browser" --numprocesses auto

test: check  ## Everything: the gate, then the app driven in Chromium (found, else installed)
	chromium="$$($(PY) tests/find_chromium.py)" && CHROMIUM="$$chromium" $(PY) -m pytest -m browser

lint: $(DEV_READY) $(NODE_READY)  ## Format, lint and types only, and the scripts' own tests
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(NPM) run --silent check

bundle: $(NODE_READY)  ## Bundle the components' scripts again, after a change in assets/
	$(NPM) run --silent bundle

bench: $(BENCH_READY)  ## Ratios: a slider against a bare page, the core against its peers
	chromium="$$($(PY) tests/find_chromium.py)" && CHROMIUM="$$chromium" $(PY) -m benchmarks

load: $(DEV_READY)  ## Many visitors at once, then 10,000 reruns: waits, processor, memory (10 minutes)
	$(PY) -m benchmarks.load

scale: $(DEV_READY)  ## Two replicas behind nginx (Debian: apt-get install nginx-light), one killed
	chromium="$$($(PY) tests/find_chromium.py)" && CHROMIUM="$$chromium" $(PY) -m benchmarks.scale

samples: $(APP_READY)  ## Draw the sample pictures again
	$(PY) -m docs.make_samples

pictures: $(DEV_READY)  ## Take the README's pictures again (one: python -m docs.make_pictures NAME)
	chromium="$$($(PY) tests/find_chromium.py)" && CHROMIUM="$$chromium" $(PY) -m docs.make_pictures

api: $(APP_READY)  ## Write docs/api.md again from the docstrings
	$(PY) -m docs.make_api

clean:  ## Remove the environment and the caches
	rm -rf $(VENV) assets/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Each stamp says that a requirements file is installed: nothing is installed again until that
# file changes or the environment is made anew.
$(APP_READY): requirements.txt $(PY)
	@echo "Installing requirements.txt into $(VENV) ..."
	$(PIP) -r requirements.txt
	@touch $@

$(DEV_READY): requirements-dev.txt requirements.txt $(PY)
	@echo "Installing requirements-dev.txt into $(VENV) ..."
	$(PIP) -r requirements-dev.txt
	@touch $(APP_READY) $@

$(NODE_READY): assets/package-lock.json $(DEV_READY)
	@echo "Installing assets/package-lock.json into assets/node_modules ..."
	$(NPM) ci --silent --ignore-scripts
	@touch $@

$(BENCH_READY): requirements-bench.txt $(DEV_READY)
	@echo "Installing requirements-bench.txt into $(VENV) ..."
	$(PIP) -r requirements-bench.txt
	@touch $@

$(PY):
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed and '$(PYTHON)' was not found: install it, or name another with make PYTHON=python3.12." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; v = sys.version_info; v < (3, 11) and sys.exit("Python 3.11 or newer is needed and $(PYTHON) is %d.%d: name another with make PYTHON=python3.12." % tuple(v[:2]))'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) lacks venv or ensurepip: install them (Debian, Ubuntu: apt-get install python3-venv), or name another with make PYTHON=python3.12." >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }
