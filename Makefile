# Tenfold. `make help` lists the targets.

# The toolchain that go.mod names, fetched through the module proxy even where
# GOTOOLCHAIN is set to local, and the SIMD packages.
export GOTOOLCHAIN := go1.27.4
export GOEXPERIMENT := simd
# The page's programs and the native ones need no C compiler.
export CGO_ENABLED := 0

DATA  ?= data
# What is trained: a name of `make networks`, or a .safetensors file.
NETWORK ?= tutorial
OUT   ?= runs/$(basename $(notdir $(NETWORK)))
MODEL ?= web/model/tutorial.safetensors
FLAGS ?=
FUZZTIME ?= 10m
# Brotli's effort: 5 is quick, 11 is for releases.
BROTLI ?= 5

SOURCES := $(shell find nn wasm web server \( -name dist -o -name node_modules -o -name testdata -o -name e2e \) -prune -o -type f ! -name "*_test.go" -print) go.mod go.sum

# TENFOLD_DATA tells the tests where the data set is, if it is there.
ifneq ($(wildcard $(DATA)/cifar-10-batches-bin/test_batch.bin),)
export TENFOLD_DATA := $(abspath $(DATA))
endif

.DEFAULT_GOAL := help
# What a target that failed has left half done is not taken for done.
.DELETE_ON_ERROR:
.PHONY: help run build test others arm64 fuzz data train networks evaluate bench load dist vuln fmt lint clean go browser

help: ## list the targets
	@grep -E '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'
	@echo
	@echo "  DATA=$(DATA) is the folder of the data set, FLAGS= goes to the program that a target runs."

run: build ## build all, start the server, print its address
	bin/tenfold $(if $(TENFOLD_DATA),-data $(DATA)) $(FLAGS)

build: bin/tenfold bin/tenfold-train ## build bin/tenfold (the server, with the page in it) and bin/tenfold-train

web/dist/index.html: $(SOURCES) | go
	go run ./web/pack -quality $(BROTLI)

bin/tenfold: web/dist/index.html
	go build -trimpath -o $@ ./server

bin/tenfold-train: $(SOURCES) | go
	go build -trimpath -o $@ ./nn/cmd/tenfold-train

test: build browser others ## run all tests: native, with and without SIMD, in WebAssembly, and the page in a browser
	go vet ./...
	GOOS=js GOARCH=wasm go vet ./wasm/...
	for os in windows darwin; do GOOS=$$os go vet ./server/... ./nn/cmd/... || exit 1; done
	go test -timeout 30m $$(go list ./... | grep -v /web/e2e)
	go test -timeout 65m -count=1 ./web/e2e
	GOEXPERIMENT= go build ./...
	GOEXPERIMENT= go vet ./...
	GOEXPERIMENT= go test -short -timeout 30m ./nn/... ./wasm/... ./server/...
	$(MAKE) --no-print-directory arm64

# others says which of the two further browsers is missing: its tests are skipped then.
others:
	@command -v firefox-esr >/dev/null && command -v Xvfb >/dev/null || echo "Firefox is missing, so nothing is tested in it (Debian: apt-get install firefox-esr xvfb libgl1-mesa-dri)"
	@command -v WebKitWebDriver >/dev/null && command -v Xvfb >/dev/null || echo "WebKitGTK is missing, so nothing is tested in it (Debian, Ubuntu: apt-get install webkit2gtk-driver xvfb libgl1-mesa-dri)"

arm64: | go ## run the tests of kernels, layers, networks and golden steps as on an ARM processor, where qemu-user is installed
	@if command -v qemu-aarch64-static >/dev/null; then \
		GOARCH=arm64 go test -short -timeout 20m -exec qemu-aarch64-static ./nn/kernel ./nn/layer ./nn/model && \
		GOARCH=arm64 go test -short -timeout 20m -exec qemu-aarch64-static -run Golden ./nn/train; \
	else \
		echo "qemu-aarch64-static is missing, so nothing is tested as on an ARM processor (Debian, Ubuntu: apt-get install qemu-user-static)"; \
	fi

fuzz: web/dist/index.html ## feed each parser of outside bytes with changed input for FUZZTIME
	@grep -rEo --include=*_test.go '^func Fuzz[A-Za-z]+' nn wasm web server | grep -v node_modules | while IFS=: read -r file name; do \
		echo "$${name#func } in $$(dirname $$file)"; \
		go test -run '^$$' -fuzz "^$${name#func }\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $(FLAGS) ./$$(dirname $$file) || exit 1; \
	done

data: bin/tenfold-train ## fetch CIFAR-10 into DATA; FROM= takes another URL, an archive or a folder
	bin/tenfold-train data -out $(DATA) $(if $(FROM),-from $(FROM)) $(FLAGS)

train: bin/tenfold-train ## train NETWORK on DATA into OUT (make train NETWORK=tenfold FLAGS="-seed 2 -resume")
	bin/tenfold-train train -network $(NETWORK) -data $(DATA) -out $(OUT) $(FLAGS)

networks: bin/tenfold-train ## list the networks that can be trained by name
	bin/tenfold-train networks

evaluate: bin/tenfold-train ## measure MODEL on DATA
	bin/tenfold-train evaluate -data $(DATA) -model $(MODEL) $(FLAGS)

bench: browser ## compare with onnxruntime, LiteRT.js, TensorFlow.js and PyTorch (needs npm)
	$(MAKE) --no-print-directory BROTLI=11 -B web/dist/index.html
	$(MAKE) --no-print-directory build
	@command -v npm >/dev/null || { echo "The peers come from npm: install Node.js from 20 on, https://nodejs.org, and run this again."; exit 1; }
	npm ci --ignore-scripts --no-audit --no-fund --prefix web/bench
	go run ./web/bench $(FLAGS)

load: build ## a room full of browsers fetches the page from this server, caddy and nginx in turn
	go run ./server/load $(FLAGS)

dist: | go ## build a release into dist/: the page for any static host (with DATA= it gets 2,000 pictures to begin with), and archives of the programs for all platforms
	$(MAKE) --no-print-directory BROTLI=11 -B web/dist/index.html
	go run ./web/release $(if $(filter command line,$(origin DATA)),-data $(DATA))

vuln: | go ## ask the Go vulnerability database about all programs (needs a network)
	go run golang.org/x/vuln/cmd/govulncheck@v1.9.0 ./...

fmt: ## format the code
	gofmt -w nn wasm web server

lint: ## look for mistakes with go vet and staticcheck
	@test -z "$$(gofmt -l nn wasm web server)" || { gofmt -l nn wasm web server; echo "make fmt formats these"; exit 1; }
	go vet ./...
	go tool staticcheck ./...
	check=$$(go tool -n staticcheck) && GOOS=js GOARCH=wasm $$check ./wasm/...

clean: ## remove what was built; data and runs stay
	rm -rf bin dist artifacts
	find web/dist -type f ! -name README -delete

go:
	@command -v go >/dev/null || { echo "Go is missing: install any version from 1.21 on, https://go.dev/dl/; it fetches the one that is needed itself."; exit 1; }

# browser sees to it that there is a Chromium, if it may.
browser: | go
	@for b in chromium chromium-browser google-chrome google-chrome-stable chrome; do command -v $$b >/dev/null && exit 0; done; \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	else \
		echo "The tests need a browser: install Chromium (Debian, Ubuntu: sudo apt-get install chromium; Fedora: sudo dnf install chromium; macOS: brew install --cask google-chrome) and run this again."; exit 1; \
	fi
