# The two commands that a newcomer needs are `make run` and `make test`. Both install what is missing on
# Debian and Ubuntu, say so, and work offline once everything is there.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help need need-test build run test lint cross vuln soak bench eval shot models licenses clean

GO ?= go
TOOLS := -modfile=.ci/tools/go.mod

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | column -t -s $$'\t'

need:
	@bash .ci/need build

need-test:
	@bash .ci/need test

build: need ## build bin/deskhand and bin/deskhub
	$(GO) build -o bin/ ./cmd/deskhand ./cmd/deskhub

# Without a display the same desk runs headless; the hub prints its addresses.
run: build ## the demo desk: a window, customers, a bot
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ] || [ "$$(uname -s)" = Darwin ]; then \
		exec bin/deskhand --demo; \
	else \
		echo "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set): the demo desk runs without a window."; \
		exec bin/deskhub serve --demo; \
	fi

test: need-test ## format, vet, and all tests with the race detector
	@bad=$$(gofmt -l assets assist cmd storage ui); if [ -n "$$bad" ]; then echo "not formatted with gofmt:"; echo "$$bad"; exit 1; fi
	$(GO) vet ./...
	$(GO) test -race -timeout 45m ./...

lint: cross ## golangci-lint with the rules of .golangci.yml; the first time it builds the linter, which takes minutes
	$(GO) tool $(TOOLS) golangci-lint run

# The window itself needs the other system's C compiler, and Fyne that of macOS: the rest must compile.
cross: ## compile the hub, and of the window what needs no C, for Windows and macOS
	CGO_ENABLED=0 GOOS=windows $(GO) build ./cmd/deskhub ./cmd/internal/... ./assist/... ./storage/... ./ui/...
	CGO_ENABLED=0 GOOS=darwin $(GO) build ./cmd/deskhub ./cmd/internal/... ./assist/... ./storage/... ./ui/client ./ui/state ./ui/lang

vuln: ## known weaknesses in what we import; asks vuln.go.dev
	$(GO) tool $(TOOLS) govulncheck ./...

# DATA is the folder of the public sets (banking77.train.tsv and so on, see assets/nlu/README.md); without it those are left out.
eval: build ## how well the desk understands, answers and keeps safe, as README cites it; DATA is the folder of the public sets
	bin/deskhub eval scenarios cmd/deskhub/testdata/scenarios/*.yaml
	@bash .ci/eval-intents "$(DATA)"
	bin/deskhub eval hostile
	bin/deskhub bench bot cmd/deskhub/testdata/scenarios/banking.yaml

soak: need-test ## kill the hub under load, 200 rounds
	DESKHAND_SOAK_ROUNDS=200 $(GO) test -race -count=1 -timeout 3h -run Soak ./cmd/...

bench: build ## the measurements that README cites
	bin/deskhub bench start
	bin/deskhub bench pairs --pairs 100 --rate 100 --seconds 20
	bin/deskhub bench pairs --pairs 100 --rate 0 --seconds 20
	bin/deskhub bench idle --connections 5000
	bin/deskhub bench history
	bin/deskhub bench search --messages 1000000
	bin/deskhub bench bot cmd/deskhub/testdata/scenarios/banking.yaml
	$(GO) test -run '^$$' -bench . -benchmem ./storage/... ./ui/... ./assist/nlu/... ./assist/bot

shot: build need-test ## draw the real windows into assets/shots, which README shows
	@bash .ci/shot assets/shots

models: build ## write the classifiers' data into assets/nlu; DATA is the folder of the public sets
	bin/deskhub pretrain $(DATA) --plain --out assets/nlu/encoder.bin
	$(GO) build -o bin/ ./cmd/deskhub
	bin/deskhub shelve --out assets/nlu/models

licenses: ## write THIRD_PARTY_LICENSES.md
	@bash .ci/licenses > THIRD_PARTY_LICENSES.md

clean: ## remove what was built
	rm -rf bin build artefacts
