# Homeground. `make help` lists what can be asked for.

PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
RUN = .venv/bin/python -m community.running

.DEFAULT_GOAL = help
.PHONY: help run test bench reset install lint format words

help: ## List these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/' | expand -t 12

run: install ## Serve the site with a demo brand (PORT, HOST, VAR_DIR, DEMO, SITE_URL, DATABASE_URL, VALKEY_URL)
	@exec $(RUN) run

test: install ## Check everything: style, types, layers, migrations, tests, browser tests
	@exec $(RUN) test

bench: install ## Measure, beside a physical reference of the same run (ONLY=name for one)
	@exec .venv/bin/python -m tests.bench $(ONLY)

reset: install ## Delete the data folder, after asking
	@exec $(RUN) reset

install: ## Make or renew .venv
	@$(PYTHON) community/running/installing.py

lint: install ## Look for mistakes and for untidy code
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .

format: install ## Tidy the code
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format .

words: install ## Compile both languages' words
	@exec $(RUN) exec -- .venv/bin/python manage.py compile_words
