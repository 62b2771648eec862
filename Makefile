# `make` names the targets. PORT, HOST and STUDIO_DATA from the environment are passed on as they are.

PYTHON ?= python3
STUDIO := .venv/bin/python
MAKEFLAGS += --no-print-directory
export PYTHONUNBUFFERED := 1

.DEFAULT_GOAL := help
.PHONY: help run demo test soak lint format messages screenshots vendor lock clean

help: ## name the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

run: ## start the studio; the first time installs what it needs into .venv
	@$(PYTHON) scripts/bootstrap.py
	@$(STUDIO) manage.py up

demo: ## the same on a throw-away folder, with a demo team and pictures; prints the sign-ins
	@$(PYTHON) scripts/bootstrap.py
	@folder=$$(mktemp -d) && trap 'kill $$! 2>/dev/null; rm -rf "$$folder"' EXIT && trap 'exit 130' INT && \
	unset DATABASE_URL REDIS_URL STUDIO_STORAGE && export STUDIO_DATA="$$folder" STUDIO_SANDBOX_SPEED="$${STUDIO_SANDBOX_SPEED:-3}" && \
	$(STUDIO) manage.py create_demo && { (sleep 10 && exec $(STUDIO) manage.py create_demo --opinions) & $(STUDIO) manage.py up; }

test: ## run all tests, on SQLite and on PostgreSQL; ARGS="tests/gallery -k search" runs some
	@$(PYTHON) scripts/bootstrap.py --group test --extra postgres --extra redis --extra s3 --extra mcp
	@$(STUDIO) -m scripts.suite $(ARGS)

soak: ## kill processes at random for MINUTES=30, crash at every pair of checkpoints, make up LIVES=2000 of a studio; compare the books
	@$(PYTHON) scripts/bootstrap.py --group test --extra postgres --extra redis --extra s3 --extra mcp
	@$(STUDIO) -m tests.soak --minutes $(or $(MINUTES),30)
	@STUDIO_TEST_STRIDE=1 $(STUDIO) -m pytest tests/pipeline/test_crashes.py -q
	@seed=$${STUDIO_TEST_SEED:-$$($(STUDIO) -c 'import secrets; print(secrets.randbits(32))')} && echo "STUDIO_TEST_SEED=$$seed" && \
	STUDIO_TEST_SEED=$$seed STUDIO_TEST_EXAMPLES=$(or $(LIVES),2000) $(STUDIO) -m pytest tests/pipeline/test_states.py -q

lint: ## check style, types, layers, limits, translations and what is generated
	@$(PYTHON) scripts/bootstrap.py --group test --group lint --extra postgres --extra redis --extra s3 --extra mcp
	@$(STUDIO) -m scripts.gates $(ARGS)

format: ## put Python into its one form
	@$(PYTHON) scripts/bootstrap.py --group lint
	@$(STUDIO) -m ruff check --quiet --fix-only
	@$(STUDIO) -m ruff format

messages: ## collect the texts to translate and compile their translations
	@$(PYTHON) scripts/bootstrap.py
	@$(STUDIO) -m scripts.words

screenshots: ## take the pictures of the README anew, of a throw-away demo
	@$(PYTHON) scripts/bootstrap.py --group test
	@$(STUDIO) -m scripts.screenshots

vendor: ## copy browser files from the packages in package-lock.json
	@$(PYTHON) -m scripts.vendor

lock: ## write uv.lock and the requirements anew; ARGS=--upgrade takes newer versions
	@$(PYTHON) -m scripts.lock $(ARGS)

clean: ## remove what make made; pictures and the database in var/ stay
	@rm -rf .venv .cache node_modules .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
