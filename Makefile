# Everything a developer calls. CI calls "check" (see .ci/run); "make help" lists all.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export CGO_ENABLED ?= 0
LINTER := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

# Long tests in which nothing runs side by side that the race detector could see: walks
# in a browser, the journey, "analyze", the drawing and laying out of reports.
ALONE := TestJourney|DemoTells|SecondVersion|ComparisonIsDrawn|TeamSheetIsDrawn|PastIsReported|VerifyIssued|EverythingStandsApart|ComparisonGolden|OnPaper|TitlesAreShort|ActionsFollowTheirCauses|OnlyAConfirmedChange|ProtectedValuesAreInNoFile|RulesAboutChanges|TestAnalyze|ExactEqualsReference|EverythingIsInReach|NeverABlankPage|PagesInABrowser
# The tests of whole pages and routes that send several requests at once; the others of
# api/apitest send one after the other.
TOGETHER := TestSentAgain|AtOnce|TestLastOperatorStays|TestOIDC|TestReportIsIssuedAndSent

.PHONY: help build demo test race lint check openapi speclint client soak bench pictures report-gallery image

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 16

build: ## static binary in bin/
	go build -trimpath -ldflags='-s -w' -o bin/pulscheck ./cmd/pulscheck

demo: ## sample organisation with its reports in demo/
	go run ./cmd/pulscheck demo --once

test: ## every test, on SQLite and on a MySQL server
	.ci/with-mysql go test -count=1 -p 4 -timeout 30m ./...

race: ## the tests again under the race detector, on SQLite, but for ALONE
	CGO_ENABLED=1 PULSCHECK_TEST_REQUIRE= go test -race -short -count=1 -p 4 -timeout 30m -skip '$(ALONE)' $$(go list ./... | grep -v /api/apitest)
	CGO_ENABLED=1 PULSCHECK_TEST_REQUIRE= go test -race -short -count=1 -timeout 30m -run '$(TOGETHER)' ./api/apitest

lint: ## format, vet, linters
	@test -z "$$(gofmt -l cmd api survey report migrations)" || { gofmt -l cmd api survey report migrations; exit 1; }
	go vet ./...
	@if command -v golangci-lint >/dev/null; then golangci-lint run ./...; \
	elif [ -x "$$(go env GOPATH)/bin/golangci-lint" ]; then "$$(go env GOPATH)/bin/golangci-lint" run ./...; \
	else go run $(LINTER) run ./...; fi

check: lint race test ## what CI asks for

openapi: ## write api/openapi.yaml from the code
	UPDATE_OPENAPI=1 go test -count=1 -run TestDescriptionIsThatOfTheCode ./api

speclint: ## lint api/openapi.yaml (needs npm)
	npx --yes @stoplight/spectral-cli@6.16.3 lint --ruleset .ci/spectral.yaml --fail-severity hint api/openapi.yaml

pdfa: ## ask qpdf, veraPDF and PDFBox Preflight about PDFs of every kind (needs a JDK, Maven)
	report/pdf/validate/run

client: ## bundle the scripts of the survey page (needs npm); CHECK=1 only compares
	cd api/view/client && npm ci --silent --no-audit --no-fund
	go run ./api/view/build
	@if [ -n "$(CHECK)" ]; then git diff --exit-code api/view/static/js; fi

soak: ## the long runs: 20 x 200 people, 100,000 ballots, ten minutes of load, minutes of fuzzing
	PULSCHECK_TEST_SOAK=1 .ci/with-mysql go test -count=1 -timeout 120m -run 'Soak|TestT2|ScriptMatchesGo' -v ./survey ./api/participation ./cmd/pulscheck
	for p in $$(grep -rl --include='*_test.go' '^func Fuzz' . | xargs -n1 dirname | sort -u); do \
	  for f in $$(go test -list '^Fuzz' $$p | grep ^Fuzz); do \
	    go test -run '^$$' -fuzz "^$$f\$$" -fuzztime 300s -fuzzminimizetime 10x $$p || exit 1; \
	  done; \
	done

bench: ## figures of the hot paths
	go test -run '^$$' -bench . -benchmem ./survey/... ./report/...
	go test -run '^$$' -bench Analyze ./cmd/pulscheck

pictures: ## the pictures of the README, from the demo
	go run ./cmd/pulscheck demo --once
	pdftoppm -r 80 -png -f 2 -l 2 -singlefile demo/check-report.pdf report/pictures/summary
	pdftoppm -r 80 -png -f 5 -l 5 -singlefile demo/check-report.pdf report/pictures/answers

report-gallery: ## contact sheets of every report in gallery/, to look at (needs pdftoppm)
	PULSCHECK_TEST_GALLERY=$(CURDIR)/gallery go test -count=1 -run '^TestGallery$$' ./report

image: ## container image
	docker build -t pulscheck .
