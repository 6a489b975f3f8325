# Everything is reached from here; `make` alone lists it. CI calls make only.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
UV     := $(BIN)/uv --quiet --no-progress
ASSETS := src/lontar/ui/static/assets/manifest.json
SOURCES := $(shell find frontend/src frontend/scripts -type f 2>/dev/null) $(wildcard src/lontar/*/templates/**/*.html)
CODE   := src tests tools bench manage.py

.DEFAULT_GOAL := help
.PHONY: help ready run stop test check fix docs bench clean

help: ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | column -ts '	'

$(BIN)/uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit("Lontar needs Python 3.11 or newer; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make environments here: install its venv module (Debian: python3-venv)"; exit 1; }
	@echo "installing the installer …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(VENV)/.run: $(BIN)/uv requirements/run.txt pyproject.toml
	@echo "installing Python packages …"
	@$(UV) pip install --python $(BIN)/python --require-hashes -r requirements/run.txt
	@$(UV) pip install --python $(BIN)/python --no-deps --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@echo "installing Python packages for developers …"
	@$(UV) pip install --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

$(ASSETS): tools/node.sh frontend/package-lock.json frontend/vite.config.js $(SOURCES) | $(BIN)/uv
	@tools/node.sh
	@touch $@

ready: $(VENV)/.run $(ASSETS)

run: ## Make everything ready and run the database, web server and worker (PORT, DATABASE_URL, LONTAR_DATA)
	@$(MAKE) --no-print-directory -j2 ready
	@exec $(BIN)/lontar run

stop: ## Stop the embedded database
	@$(BIN)/lontar db stop

test: $(VENV)/.dev $(ASSETS) ## Run all tests (embedded PostgreSQL, or the server of DATABASE_URL; Chromium for journeys)
	@$(BIN)/python tools/test.py $(ARGS)

check: $(VENV)/.dev $(ASSETS) ## Lint, types, layers, migrations, generated papers; writes nothing
	@$(BIN)/ruff check --quiet $(CODE)
	@$(BIN)/ruff format --quiet --check $(CODE)
	@$(BIN)/lint-imports --no-cache | tail -n 3
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/python -W ignore -m django makemigrations --check --dry-run --settings lontar.settings
	@$(BIN)/python tools/docs.py --check
	@$(BIN)/python tools/house.py
	@echo "check: all fine"

fix: $(VENV)/.dev ## Let the tools repair what they can
	@$(BIN)/ruff check --quiet --fix $(CODE)
	@$(BIN)/ruff format --quiet $(CODE)
	@$(BIN)/python tools/words.py

docs: $(VENV)/.dev ## Make the generated papers: state diagrams, datasets, permissions, OpenAPI, commands
	@$(BIN)/python tools/docs.py

bench: $(VENV)/.dev $(ASSETS) ## Measure at full size; writes bench/results.json
	@$(BIN)/python -m bench $(ARGS)

lock: $(BIN)/uv ## Lock the Python packages anew
	@for set in uv:requirements/uv.in: run:pyproject.toml: "dev:pyproject.toml:--group dev --group bench -c requirements/run.txt"; do \
	  name=$${set%%:*}; rest=$${set#*:}; from=$${rest%%:*}; more=$${rest#*:}; \
	  $(UV) pip compile --upgrade --generate-hashes --universal --no-header --no-emit-index-url --python-version 3.11 $$from $$more -o requirements/$$name.txt || exit 1; \
	done

clean: ## Remove what was built; the installation's data stays
	rm -rf build $(VENV) frontend/node_modules src/lontar/ui/static/assets
