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

// logged writes a line for each request when it is answered.
func logged(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m := httpsnoop.CaptureMetrics(next, w, r)
		log.Info("request", "method", r.Method, "path", r.URL.Path, "status", m.Code, "bytes", m.Written,
			"ms", float64(m.Duration.Microseconds())/1000, "remote", r.RemoteAddr)
	})
}

// dataSet serves CIFAR-10's files from a folder, which may be the one that the official
// archive unpacks to or hold it. The test set must be there, and what is there must be whole.
func dataSet(dir string) (http.Handler, error) {
	given, test := dir, cifar10.TestFiles[0]
	if _, err := os.Stat(filepath.Join(dir, test)); err != nil {
		dir = filepath.Join(dir, cifar10.Folder)
	}
	if _, err := os.Stat(filepath.Join(dir, test)); err != nil {
		return nil, fmt.Errorf("-data %s: no %s there; `make data` fetches the data set", given, test)
	}
	for _, name := range officialFiles() {
		info, err := os.Stat(filepath.Join(dir, name))
		if err == nil && info.Size() != cifar10.FileSize {
			return nil, fmt.Errorf("-data %s: %s has %d bytes, want %d (%d records of %d): it is cut short, or another file; `make data` fetches the data set",
				given, name, info.Size(), cifar10.FileSize, cifar10.PerFile, cifar10.FileSize/cifar10.PerFile)
		}
	}
	return dataFiles(dir), nil
}

func officialFiles() []string { return append(slices.Clone(cifar10.TrainFiles), cifar10.TestFiles...) }

// dataFiles serves what there is of the official files in a folder, and nothing else of it.
func dataFiles(dir string) http.Handler {
	mux := http.NewServeMux()
	for _, name := range officialFiles() {
		mux.HandleFunc("GET /data/"+name, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/octet-stream")
			http.ServeFile(w, r, filepath.Join(dir, name))
		})
	}
	return mux
}
