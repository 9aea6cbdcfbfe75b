package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// serve serves the page, the peers and what prepare has made, isolated, so that
// memory can be shared and the clock is fine.
func serve(dir string) (url string, stop func(), err error) {
	loader, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", nil, fmt.Errorf("go env: %w", err)
	}
	folders := []string{"web/bench/page", "web/bench", dir, filepath.Join(strings.TrimSpace(string(loader)), "lib", "wasm")}
	handler := http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		w.Header().Set("Cross-Origin-Opener-Policy", "same-origin")
		w.Header().Set("Cross-Origin-Embedder-Policy", "require-corp")
		w.Header().Set("Cross-Origin-Resource-Policy", "same-origin")
		if strings.HasSuffix(q.URL.Path, ".mjs") {
			w.Header().Set("Content-Type", "text/javascript")
		}
		for _, f := range folders {
			if _, err := os.Stat(filepath.Join(f, filepath.FromSlash(q.URL.Path))); err == nil {
				http.FileServer(http.Dir(f)).ServeHTTP(w, q)
				return
			}
		}
		http.NotFound(w, q)
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	go server.Serve(l)
	return "http://" + l.Addr().String() + "/", func() { server.Close() }, nil
}

// cpu names the processor.
func cpu() string {
	b, _ := os.ReadFile("/proc/cpuinfo") // elsewhere than on Linux it stays unnamed
	for line := range strings.Lines(string(b)) {
		if name, ok := strings.CutPrefix(line, "model name"); ok {
			return strings.Trim(name, " \t:\n")
		}
	}
	return "unknown"
}
