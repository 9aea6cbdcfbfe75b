package static

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func handler(t *testing.T) *Handler {
	t.Helper()
	program := bytes.Repeat([]byte("program "), 100)
	h, err := New(fstest.MapFS{
		"index.html":                   {Data: []byte("<p>index</p> and much more")},
		"index.html.br":                {Data: []byte("index in br")},
		"404.html":                     {Data: []byte("nothing here")},
		"ui.0123456789.wasm":           {Data: program},
		"ui.0123456789.wasm.br":        {Data: []byte("br")},
		"ui.0123456789.wasm.gz":        {Data: []byte("gzip")},
		"icon.abcdefabcd.svg":          {Data: []byte("<svg/>")},
		"icon.abcdefabcd.svg.gz":       {Data: []byte("longer than the file itself")},
		"page.0123456789.js":           {Data: []byte("code")},
		"model.0123456789.safetensors": {Data: []byte("weights")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func get(t *testing.T, h http.Handler, method, path string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, "http://x/", nil)
	r.URL.Path = path
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestVariants(t *testing.T) {
	h := handler(t)
	const path = "/ui.0123456789.wasm"
	for accept, want := range map[string]string{
		"gzip, deflate, br, zstd": "br", "gzip": "gzip", "": "", "identity": "", "br;q=0, gzip": "gzip", "br;q=0,gzip;q=0": "",
		"*": "br", "*;q=0": "", "br; q=0.5": "br", "BR": "br", "brotli": "", "gzip;q=nonsense": "",
	} {
		r := get(t, h, "GET", path, "Accept-Encoding", accept)
		if got := r.Header.Get("Content-Encoding"); got != want {
			t.Errorf("Accept-Encoding %q got %q, want %q", accept, got, want)
		}
		if b := body(t, r); want != "" && b != want || want == "" && !strings.HasPrefix(b, "program") {
			t.Errorf("Accept-Encoding %q: body %.20q", accept, b)
		}
		if r.Header.Get("Vary") != "Accept-Encoding" || r.Header.Get("Content-Type") != "application/wasm" {
			t.Errorf("header %v", r.Header)
		}
	}
	if r := get(t, h, "GET", "/icon.abcdefabcd.svg", "Accept-Encoding", "gzip"); r.Header.Get("Content-Encoding") != "" {
		t.Error("a variant that is larger than the file was sent")
	}
}

func TestTypesAndCaching(t *testing.T) {
	h := handler(t)
	for path, want := range map[string][2]string{
		"/": {"text/html; charset=utf-8", "no-cache"}, "/index.html": {"text/html; charset=utf-8", "no-cache"},
		"/page.0123456789.js":           {"text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		"/icon.abcdefabcd.svg":          {"image/svg+xml", "public, max-age=31536000, immutable"},
		"/model.0123456789.safetensors": {"application/octet-stream", "public, max-age=31536000, immutable"},
	} {
		r := get(t, h, "GET", path)
		if r.StatusCode != 200 || r.Header.Get("Content-Type") != want[0] || r.Header.Get("Cache-Control") != want[1] {
			t.Errorf("%s: %d %v", path, r.StatusCode, r.Header)
		}
	}
}

func TestConditionsAndRanges(t *testing.T) {
	h := handler(t)
	plain := get(t, h, "GET", "/ui.0123456789.wasm")
	packed := get(t, h, "GET", "/ui.0123456789.wasm", "Accept-Encoding", "br")
	tag, brTag := plain.Header.Get("ETag"), packed.Header.Get("ETag")
	if tag == brTag || len(tag) < 4 || tag[0] != '"' {
		t.Errorf("ETags %s and %s", tag, brTag)
	}
	for _, match := range []string{brTag, `"other", ` + brTag, "W/" + brTag, "*"} {
		if r := get(t, h, "GET", "/ui.0123456789.wasm", "Accept-Encoding", "br", "If-None-Match", match); r.StatusCode != 304 || body(t, r) != "" {
			t.Errorf("If-None-Match %s: %d", match, r.StatusCode)
		}
	}
	if r := get(t, h, "GET", "/ui.0123456789.wasm", "Accept-Encoding", "br", "If-None-Match", tag); r.StatusCode != 200 {
		t.Errorf("the other variant's ETag: %d", r.StatusCode)
	}
	r := get(t, h, "GET", "/ui.0123456789.wasm", "Accept-Encoding", "br", "Range", "bytes=8-15")
	if b := body(t, r); r.StatusCode != 206 || b != "program " || r.Header.Get("Content-Encoding") != "" {
		t.Errorf("range: %d %q", r.StatusCode, b)
	}
	if r := get(t, h, "GET", "/ui.0123456789.wasm", "Range", "bytes=9000-"); r.StatusCode != 416 {
		t.Errorf("a range beyond the end: %d", r.StatusCode)
	}
	r = get(t, h, "HEAD", "/ui.0123456789.wasm")
	if b := body(t, r); r.StatusCode != 200 || b != "" || r.Header.Get("Content-Length") != "800" {
		t.Errorf("HEAD: %d %q %v", r.StatusCode, b, r.Header)
	}
}

func TestWhatIsNotThere(t *testing.T) {
	h := handler(t)
	for _, path := range []string{
		"/none", "/../index.html", "/..%2findex.html", "//index.html", "/./index.html", "/index.html/", "/index.html.br", "/ui.0123456789.wasm.gz",
		"/dist", "/\x00", "", "/INDEX.HTML", "/a\\..\\index.html", "/" + strings.Repeat("a", 5000),
	} {
		r := get(t, h, "GET", path)
		if b := body(t, r); r.StatusCode != 404 || b != "nothing here" || r.Header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%.40q: %d %q", path, r.StatusCode, b)
		}
	}
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "TRACE"} {
		if r := get(t, h, method, "/"); r.StatusCode != 405 || r.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d", method, r.StatusCode)
		}
	}
}

func TestNewNeedsAPage(t *testing.T) {
	if _, err := New(fstest.MapFS{"README": {Data: []byte("x")}}); err == nil {
		t.Error("a folder without index.html was taken")
	}
}
