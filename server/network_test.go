package main

import (
	"net/http/httptest"
	"strings"
	"testing"

	"tenfold/wasm/ui/network"
)

// TestOpenWith serves the page with each network that comes with it, and refuses others.
func TestOpenWith(t *testing.T) {
	packed(t)
	for _, name := range network.Pretrained {
		mux, err := newHandler("", name)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"/", "/index.html"} {
			r := httptest.NewRequest("GET", path, nil)
			r.Header.Set("Accept-Encoding", "br, gzip")
			w := httptest.NewRecorder()
			mux.ServeHTTP(w, r)
			if !strings.Contains(w.Body.String(), `data-network="`+name+`"`) || w.Header().Get("ETag") == "" {
				t.Errorf("-model %s: %s answers %d with %.60q …", name, path, w.Code, w.Body)
			}
		}
	}
	if _, err := newHandler("", "alexnet"); err == nil || !strings.Contains(err.Error(), `"alexnet": the page has `) {
		t.Errorf("another network: %v", err)
	}
}
