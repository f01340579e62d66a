# Every target works on a bare Debian or Ubuntu with python3 >= 3.11; .ci/prepare installs what is missing.
DATA ?= data
BIN := .venv/bin

.PHONY: help run test lint bench docs clean

help: ## List the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: ## Serve the demo on http://127.0.0.1:8000 (data stays in ./data)
	@sh .ci/prepare run
	@$(BIN)/satcanh demo --data $(DATA) --if-empty
	@$(BIN)/satcanh serve --data $(DATA)

test: ## Run every test, the browser journeys included
	@sh .ci/prepare test
	@$(BIN)/python -m pytest -n 2 --dist loadfile

lint: ## Check style and types
	@sh .ci/prepare test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: ## Measure speed and memory and print the figures
	@sh .ci/prepare test
	@$(BIN)/python -m bench

docs: ## Write the command help and the module interface into docs/ and README.md
	@sh .ci/prepare test
	@$(BIN)/python -m docs

clean: ## Remove the environment and the caches, never the data
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
