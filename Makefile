# `make help` says what there is. Everything runs in .venv, made from the lock files.
SHELL := /bin/sh
VENV ?= .venv
export VENV
BIN := $(VENV)/bin
PEERS := bench/peers/.venv
.DEFAULT_GOAL := help
# the tests take one process a core, eight at most: each loads the model; CORES=1 for one
CORES ?= $(shell nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
SPREAD = $(if $(filter 1,$(CORES)),,-n $(CORES) --maxprocesses 8 --dist loadfile)
# a Python of this machine's shell must not leak into the environment's
unexport PYTHONPATH PYTHONHOME

help: ## what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1|\2/' | column -t -s '|' 2>/dev/null || grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST)

# Two environments in one place: .user is what a user gets, .dev adds the tools.
$(VENV)/.user: requirements.lock requirements-uv.lock pyproject.toml tools/make-env
	@tools/make-env requirements.lock
	@rm -f $(VENV)/.dev; touch $@

$(VENV)/.dev: requirements-dev.lock requirements-uv.lock pyproject.toml tools/make-env
	@tools/make-env requirements-dev.lock
	@touch $(VENV)/.user $@

demo: $(VENV)/.user ## make the environment, read our example reports, print their claims
	@$(BIN)/sayso demo

test: $(VENV)/.dev check ## make the environment, then lint, types, rooms, all tests
	@$(BIN)/python -m pytest -q $(SPREAD)

quick: $(VENV)/.dev ## the tests that take no minute
	@$(BIN)/python -m pytest -q $(SPREAD) -m 'not slow'

check: $(VENV)/.dev ## lint, format, types, rooms
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo --no-cache > $(VENV)/rooms.txt || { cat $(VENV)/rooms.txt; exit 1; }
	@echo "check: lint, format, types and rooms are fine"

fix: $(VENV)/.dev ## mend what ruff can
	@$(BIN)/ruff check --fix --quiet; $(BIN)/ruff format --quiet

# ARGS="time --split test --data DIR" measures some of it and writes no page
bench: $(VENV)/.dev ## quality on marked text, into docs/quality.md; fails below a floor of bench/quality/floors.json
	@$(BIN)/python -m bench.quality $(or $(ARGS),--record)

# HEIDELTIME=1 measures HeidelTime too: it needs Java, and ten seconds a text
bench-peers: $(PEERS)/.made $(VENV)/.dev ## the peers on the same files, into docs/quality.md
	@$(BIN)/python -m bench.peers

$(PEERS)/.made: bench/peers/requirements.txt | $(VENV)/.dev
	@$(BIN)/uv venv -q --clear --python $(BIN)/python $(PEERS)
	@$(BIN)/uv pip install -q --python $(PEERS)/bin/python -r bench/peers/requirements.txt
	@test -z "$(HEIDELTIME)" || $(BIN)/uv pip install -q --no-deps --python $(PEERS)/bin/python -r bench/peers/requirements-heideltime.txt
	@touch $@

# ARGS="short" is quicker; ARGS="web leaks" runs some kinds, and writes no page
attack: $(VENV)/.dev ## try what is promised of safety, figures into docs/security.md; a quarter of an hour
	@$(BIN)/python -m attack $(ARGS)

sbom: $(VENV)/.dev ## what we are made of, as CycloneDX, into dist/sbom.json
	@mkdir -p dist; $(BIN)/python -c 'from pathlib import Path; from attack.supply import bill; bill(Path("dist/sbom.json"))'
	@ls -l dist/sbom.json

# SAYSO_AUDIT="-s osv" asks another service than pip-audit's own
audit: $(VENV)/.dev ## ask for known faults of all that is pinned; needs a service on the network
	@$(BIN)/python -m attack.supply

bench-speed: $(VENV)/.dev ## cold start, reading by stage, memory, rivals; ARGS=--record writes docs/speed.md
	@$(BIN)/python -m bench.speed $(ARGS)
	@$(BIN)/python -m bench.speed.rivals $(ARGS)
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench.speed.ledgers $(ARGS)

docs: $(VENV)/.dev ## build docs/ into site/, strictly
	@$(BIN)/zensical build --clean --strict

dist: $(VENV)/.dev ## wheel and source distribution into dist/, with their sizes
	@rm -rf dist
	@$(BIN)/uv build --quiet --no-build-isolation --python $(BIN)/python --out-dir dist .
	@$(BIN)/python tools/print-sizes dist/*.whl dist/*.tar.gz

changes: $(VENV)/.dev ## what CHANGELOG.md would say of the coming version
	@$(BIN)/towncrier build --draft --version coming 2>/dev/null

# VERSION=0.2.0; it commits nothing
release: $(VENV)/.dev ## make a version of what changed: CHANGELOG.md from changelog.d/, the number where it stands
	@$(BIN)/python tools/release.py $(VERSION)

reference: $(VENV)/.dev ## docs/wire.md and docs/ontology.md, from the schema and the lexicon
	@$(BIN)/python tools/make_reference.py

pictures: $(VENV)/.dev ## what sayso prints, as pictures for docs/
	@$(BIN)/python tools/make_pictures.py

desk-pictures: $(VENV)/.dev ## the desk's pages, as pictures for docs/ (needs a browser)
	@$(BIN)/python tools/make_desk_pictures.py

assets: ## what the desk's pages load, copied out of npm's packages anew (needs npm)
	@$(BIN)/python tools/make-assets

lock: ## write requirements*.lock anew, from pyproject.toml
	@tools/make-lock

clean: ## remove what was made
	rm -rf $(VENV) $(PEERS) build dist site demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.PHONY: help demo test quick check fix attack sbom audit bench bench-peers bench-speed docs dist changes release reference pictures desk-pictures assets lock clean
