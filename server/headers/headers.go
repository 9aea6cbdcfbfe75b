// Package headers holds the headers that go with every answer, from this server and, as a
// file, from any other.
package headers

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
)

// All are the headers. COOP and COEP make the page cross-origin isolated, which shared
// memory needs; the rest keeps everything on this origin.
var All = map[string]string{
	"Content-Security-Policy": "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; worker-src 'self'; " +
		"script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; " +
		"require-trusted-types-for 'script'; trusted-types tenfold",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Embedder-Policy": "require-corp",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy":           "camera=(self), clipboard-read=(self), clipboard-write=(self), microphone=(), geolocation=(), payment=(), usb=()",
	"Referrer-Policy":              "no-referrer",
	"X-Content-Type-Options":       "nosniff",
}

// Add adds them to all answers.
func Add(next http.Handler) http.Handler {
	ready := http.Header{}
	for name, value := range All {
		ready.Set(name, value)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		maps.Copy(w.Header(), ready)
		next.ServeHTTP(w, r)
	})
}

// Write writes them as hosts of static files read them, in a file called _headers.
func Write(w io.Writer) error {
	if _, err := fmt.Fprintln(w, "/*"); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(All)) {
		if _, err := fmt.Fprintf(w, "  %s: %s\n", name, All[name]); err != nil {
			return err
		}
	}
	return nil
}
