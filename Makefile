.PHONY: test check client
test: ## run every test
	CGO_ENABLED=0 go test ./...
check: ## what CI asks for: format, vet, tests, race detector
	test -z "$$(gofmt -l .)"
	go vet ./...
	$(MAKE) test
	go test -race ./...
client: ## bundle the scripts of the survey page (needs npm)
	cd api/view/client && npm ci && cd ../../.. && go run ./api/view/build
