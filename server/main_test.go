package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tenfold/nn/cifar10"
	"tenfold/server/headers"
	"tenfold/web"
)

// packed skips a test that needs the packed page.
func packed(t testing.TB) {
	t.Helper()
	if _, err := fs.Stat(web.Dist(), "index.html"); err != nil {
		t.Skip("the page is not packed: `make build` does it")
	}
}

func TestHeadersAndLog(t *testing.T) {
	packed(t)
	var log bytes.Buffer
	mux, err := newHandler("", "")
	if err != nil {
		t.Fatal(err)
	}
	h := logged(slog.New(slog.NewTextHandler(&log, nil)), headers.Add(mux))
	for _, path := range []string{"/", "/none"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		for name := range headers.All {
			if w.Header().Get(name) == "" {
				t.Errorf("%s: no %s", path, name)
			}
		}
		if csp := w.Header().Get("Content-Security-Policy"); strings.Contains(csp, "unsafe-inline") || strings.Contains(csp, "'unsafe-eval'") {
			t.Errorf("policy %q", csp)
		}
	}
	if s := log.String(); !strings.Contains(s, "path=/none status=404") || !strings.Contains(s, "path=/ status=200") {
		t.Errorf("log:\n%s", s)
	}
}

// TestRun starts the program, asks it, and stops it in the middle of an answer.
func TestRun(t *testing.T) {
	packed(t)
	ctx, stop := context.WithCancel(t.Context())
	out, in := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- run(ctx, []string{"-addr", ":0"}, in, io.Discard) }() // everywhere: what is printed opens all the same
	line := make([]byte, 200)
	n, err := out.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	url := strings.Fields(string(line[:n]))[3]
	r, err := http.Get(url)
	if err != nil || r.StatusCode != 200 {
		t.Fatalf("%v %v", r, err)
	}
	stop()
	if _, err := io.ReadAll(r.Body); err != nil {
		t.Errorf("the answer under way was cut: %v", err)
	}
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Error("the server does not stop")
	}
}

// TestRunRoom starts the program in a room: over https the page, over http the welcome.
func TestRunRoom(t *testing.T) {
	packed(t)
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	ctx, stop := context.WithCancel(t.Context())
	var out bytes.Buffer
	read, write := io.Pipe()
	done := make(chan error, 1)
	go func() {
		err := run(ctx, []string{"-room", "-addr", "127.0.0.1:0", "-http", "127.0.0.1:0", "-share", t.TempDir()}, write, io.Discard)
		write.Close()
		done <- err
	}()
	lines := bufio.NewScanner(io.TeeReader(read, &out))
	https, http1 := "", ""
	for lines.Scan() && !strings.Contains(lines.Text(), "has the key") {
		if _, rest, ok := strings.Cut(lines.Text(), "https://localhost:"); ok {
			https = rest
		}
		if _, rest, ok := strings.Cut(lines.Text(), "come to port "); ok {
			http1, _, _ = strings.Cut(rest, ",")
		}
	}
	go io.Copy(io.Discard, read)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, ForceAttemptHTTP2: true}}
	for url, want := range map[string]string{
		"https://127.0.0.1:" + https: `id="files"`, "https://127.0.0.1:" + https + "/join": "connected",
		"http://127.0.0.1:" + http1: "Go on without https", "http://127.0.0.1:" + http1 + "/?plain": `id="files"`,
	} {
		r, err := client.Get(url)
		if err != nil {
			t.Fatalf("%v; the program printed\n%s", err, out.String())
		}
		b, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err != nil || r.StatusCode != 200 || !strings.Contains(string(b), want) || r.Header.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: %d %v %.200s", url, r.StatusCode, err, b)
		}
		if strings.HasPrefix(url, "https") && r.ProtoMajor != 2 {
			t.Errorf("%s: %s", url, r.Proto)
		}
	}
	// Projects are shared over https alone.
	for url, want := range map[string]int{"https://127.0.0.1:" + https + "/share": 200, "http://127.0.0.1:" + http1 + "/share": 404} {
		r, err := client.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if r.StatusCode != want || r.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d, want %d; %v", url, r.StatusCode, want, r.Header)
		}
	}
	if !strings.Contains(out.String(), "by who has the key: ") {
		t.Errorf("the key is not printed:\n%s", out.String())
	}
	stop()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Error("the server does not stop")
	}
}

func TestVersion(t *testing.T) {
	packed(t)
	var out bytes.Buffer
	if err := run(t.Context(), []string{"-version"}, &out, io.Discard); err != nil || !strings.Contains(out.String(), "go1.") || !strings.Contains(out.String(), "SIMD") {
		t.Errorf("%q, %v", out.String(), err)
	}
}

func TestRunRefuses(t *testing.T) {
	packed(t)
	for want, args := range map[string][]string{
		"choose one with -addr": {"-addr", "999.0.0.1:80"}, "-cert and -key": {"-room", "-cert", "/none"}, "choose one with -http": {"-room", "-addr", "127.0.0.1:0", "-http", "999.0.0.1:80"}, "make data": {"-data", t.TempDir()}, "not defined": {"-nonsense"},
		"-share is for a room": {"-share", t.TempDir()}, "-share /dev/null/x": {"-room", "-addr", "127.0.0.1:0", "-share", "/dev/null/x"},
		`"8100" is not an option`: {"8100"}, `"x" is not an option`: {"-version", "x"}, "without http://": {"-addr", "http://127.0.0.1:0"},
	} {
		if err := run(t.Context(), args, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: error %v, want it to say %q", args, err, want)
		}
	}
	if err := run(t.Context(), []string{"-help"}, io.Discard, io.Discard); err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("help: %v", err)
	}
}

func TestTestBatchTakesRanges(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "test_batch.bin"), []byte("0123456789"), 0o644); err != nil {
		t.Fatal(err)
	}
	h := dataFiles(dir)
	r := httptest.NewRequest("GET", "/data/test_batch.bin", nil)
	r.Header.Set("Range", "bytes=2-4")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != 206 || w.Body.String() != "234" {
		t.Errorf("%d %q", w.Code, w.Body)
	}
}

// TestDataCutShort starts with files that lack their end: one is refused by its name.
func TestDataCutShort(t *testing.T) {
	dir := t.TempDir()
	inner := filepath.Join(dir, cifar10.Folder)
	if err := os.Mkdir(inner, 0o755); err != nil {
		t.Fatal(err)
	}
	put := func(name string, size int64) {
		t.Helper()
		path := filepath.Join(inner, name)
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(path, size); err != nil {
			t.Fatal(err)
		}
	}
	put("test_batch.bin", cifar10.FileSize)
	for _, from := range []string{dir, inner} {
		if _, err := dataSet(from); err != nil {
			t.Error(err)
		}
	}
	put("data_batch_4.bin", cifar10.FileSize-1)
	if _, err := dataSet(dir); err == nil || !strings.Contains(err.Error(), "data_batch_4.bin has 30729999 bytes, want 30730000") {
		t.Errorf("%v", err)
	}
	put("test_batch.bin", 2*cifar10.FileSize/cifar10.PerFile)
	if _, err := dataSet(inner); err == nil || !strings.Contains(err.Error(), "-data "+inner) {
		t.Errorf("%v", err)
	}
}
