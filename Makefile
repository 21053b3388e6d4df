.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

PYTHON ?= python3
VENV ?= .venv
OUT ?= out
ARTICLE := data/articles/working-session
MTKIT := $(VENV)/bin/mtkit
PIP := $(VENV)/bin/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt

.PHONY: help demo test browser lint clean

help: ## Say what the targets do
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-6s %s\n", $$1, $$2}' Makefile

$(VENV)/bin/python:
	@echo "Creating $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing mtkit into $(VENV)"
	@$(PIP) --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "Installing what the tests need"
	@$(PIP) --editable '.[dev]'
	@touch $@

define heading
@printf '\n== %s ==\n' $(1)
endef

# $(1) language of the article, $(2) its name
define translate_and_score
$(call heading,"$(2) to Russian")
@$(MTKIT) translate $(ARTICLE).$(1).txt --from $(1) --to ru -o $(OUT)/$(1).ru.txt
$(call heading,"$(2): ten sentences and their translations")
@awk 'NR == FNR {source[FNR] = $$0; next} \
	FNR != 2 && FNR <= 11 {printf "%s\n  %s\n\n", source[FNR], $$0}' \
	$(ARTICLE).$(1).txt $(OUT)/$(1).ru.txt
$(call heading,"$(2): scores against the reference")
@$(MTKIT) score $(OUT)/$(1).ru.txt --ref $(ARTICLE).ru.txt --src $(ARTICLE).$(1).txt
$(call heading,"$(2): terms")
@$(MTKIT) glossary check $(OUT)/$(1).ru.txt --src $(ARTICLE).$(1).txt --ref $(ARTICLE).ru.txt --from $(1)
endef

demo: $(VENV)/.installed ## Translate a sample article from Vietnamese and from English, and score it
	$(call translate_and_score,vi,Vietnamese)
	$(call translate_and_score,en,English)

test: export OMP_NUM_THREADS ?= 2
test: export TOKENIZERS_PARALLELISM := false
test: export HF_HUB_DISABLE_TELEMETRY := 1
test: $(VENV)/.installed-dev ## Run the tests (TESTS=tests/text for some of them)
	@$(VENV)/bin/python -m pytest $(TESTS)

browser: ## Install Debian's Chromium, as root, for the tests of the report page; they are skipped without it
	@command -v chromedriver > /dev/null \
		|| (apt-get -qq update && apt-get -qq install -y chromium chromium-driver) > /dev/null 2>&1 \
		|| echo "Chromium could not be installed: the tests that need it will be skipped"

lint: $(VENV)/.installed-dev ## Check style and types
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy mtkit

clean: ## Remove what demo and test made, except the installed packages
	rm -rf $(OUT) build dist *.egg-info .pytest_cache .hypothesis .ruff_cache .mypy_cache
	find . -path ./$(VENV) -prune -o -name __pycache__ -type d -print0 | xargs -0r rm -rf
