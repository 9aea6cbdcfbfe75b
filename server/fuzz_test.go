package main

import (
	"bufio"
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/server/headers"
	"tenfold/server/room"
)

// secret is a file that lies next to the served ones.
const secret = "not to be served"

// FuzzRequest sends any bytes as a request to all that the server has: the page, the data,
// the projector's page and the welcome over http.
func FuzzRequest(f *testing.F) {
	packed(f)
	dir := f.TempDir()
	for name, b := range map[string][]byte{cifar10.TestFiles[0]: make([]byte, 3073), "private.txt": []byte(secret)} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			f.Fatal(err)
		}
	}
	mux, err := newHandler("", "")
	if err != nil {
		f.Fatal(err)
	}
	mux.Handle("/data/", dataFiles(dir))
	r := room.New([]string{"https://192.168.1.7:8443"}, true)
	r.Handle(mux)
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	handlers := []http.Handler{
		logged(log, headers.Add(mux)), logged(log, headers.Add(r.Welcome(mux))), logged(log, headers.Add(room.New([]string{r.Address}, false).Welcome(mux))),
	}
	for _, request := range []string{
		"GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br;q=0.5, *;q=0\r\n\r\n",
		"GET /data/test_batch.bin HTTP/1.1\r\nHost: x\r\nRange: bytes=0-1,5-,-7\r\n\r\n",
		"HEAD /data/%2e%2e/private.txt HTTP/1.0\r\n\r\n", "GET /?plain HTTP/1.1\r\nHost: [::1]:80\r\nIf-None-Match: W/\"x\"\r\n\r\n",
		"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "GET http://other//evil.example HTTP/1.1\r\nHost: a/b\r\n\r\n", "GET /join/connected HTTP/1.1\r\nHost: \r\n\r\n",
	} {
		f.Add([]byte(request))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, h := range handlers {
			q, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(b)))
			if err != nil {
				return
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, q)
			switch w.Code {
			case 200, 206, 301, 304, 307, 400, 404, 405, 412, 416:
			default:
				t.Errorf("%q: status %d", b, w.Code)
			}
			if strings.Contains(w.Body.String(), secret) {
				t.Errorf("%q gave a file that is not served", b)
			}
			if to := w.Header().Get("Location"); to != "" {
				if strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//") && !strings.HasPrefix(to, "/\\") {
					continue // the same server's, with the query as it came
				}
				at, err := url.Parse(to)
				if err != nil || at.Host != "" && at.Scheme != "https" || strings.ContainsAny(to, "\r\n") {
					t.Errorf("%q was sent on to %q", b, to)
				}
			}
		}
	})
}
