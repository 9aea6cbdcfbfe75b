package main

import (
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"

	"github.com/felixge/httpsnoop"

	"tenfold/nn/cifar10"
)

// headers go with every answer. COOP and COEP make the page cross-origin isolated,
// which shared memory needs; the rest keeps everything on this origin.
var headers = map[string]string{
	"Content-Security-Policy": "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; worker-src 'self'; " +
		"script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Embedder-Policy": "require-corp",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy":           "camera=(self), clipboard-read=(self), microphone=(), geolocation=(), payment=(), usb=()",
	"Referrer-Policy":              "no-referrer",
	"X-Content-Type-Options":       "nosniff",
}

// secured adds the headers.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range headers {
			w.Header().Set(name, value)
		}
		next.ServeHTTP(w, r)
	})
}

// logged writes a line for each request when it is answered.
func logged(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m := httpsnoop.CaptureMetrics(next, w, r)
		log.Info("request", "method", r.Method, "path", r.URL.Path, "status", m.Code, "bytes", m.Written,
			"ms", float64(m.Duration.Microseconds())/1000, "remote", r.RemoteAddr)
	})
}

// dataSet serves CIFAR-10's files from a folder, which may be the one that the official
// archive unpacks to or hold it. The test set must be there.
func dataSet(dir string) (http.Handler, error) {
	test := cifar10.TestFiles[0]
	if _, err := os.Stat(filepath.Join(dir, test)); err != nil {
		dir = filepath.Join(dir, cifar10.Folder)
	}
	if _, err := os.Stat(filepath.Join(dir, test)); err != nil {
		return nil, fmt.Errorf("-data %s: no %s there; `make data` fetches the data set", filepath.Dir(dir), test)
	}
	mux := http.NewServeMux()
	for _, name := range append(slices.Clone(cifar10.TrainFiles), cifar10.TestFiles...) {
		mux.HandleFunc("/data/"+name, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/octet-stream")
			http.ServeFile(w, r, filepath.Join(dir, name))
		})
	}
	return mux, nil
}
