// Package static serves a folder of files that never change while the program
// runs, in the compressed variants next to them. What it adds to
// http.ServeContent is the choice of the variant; RATIONALE.md says why no module
// does it.
package static

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// encodings are the variants, the preferred one first, by their names in HTTP and
// the endings of their files.
var encodings = []struct{ name, suffix string }{{"br", ".br"}, {"gzip", ".gz"}}

// types are the types of the endings that a system may know wrongly or not at all.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".wasm": "application/wasm", ".svg": "image/svg+xml", ".json": "application/json", ".webmanifest": "application/manifest+json", ".png": "image/png", ".bin": "application/octet-stream", ".safetensors": "application/octet-stream",
}

// hashed are names that hold the hash of their content, as web/pack writes them.
var hashed = regexp.MustCompile(`\.[0-9a-f]{10}\.[a-z]+$`)

// Handler serves the files.
type Handler struct{ files map[string]*file }

type file struct {
	kind     string // its type
	cache    string
	variants map[string]variant // by encoding; "" is the file itself
}

// variant is a file's content in one encoding, read when it is first asked for: most
// visitors take the smallest, and the others are large.
type variant func() (content, error)

type content struct {
	body []byte
	etag string
}

// New takes all files of root, which must hold an index.html and a 404.html.
func New(root fs.FS) (*Handler, error) {
	h := &Handler{files: map[string]*file{}}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || isVariant(name) {
			return err
		}
		f, err := read(root, name)
		if err != nil {
			return err
		}
		h.files["/"+name] = f
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("static: %w", err)
	}
	for _, name := range []string{"/index.html", "/404.html"} {
		if h.files[name] == nil {
			return nil, fmt.Errorf("static: no %s", name[1:])
		}
	}
	h.files["/"] = h.files["/index.html"]
	return h, nil
}

// Replace serves other content in place of an existing file, uncompressed.
func (h *Handler) Replace(name string, body []byte) {
	sum := sha256.Sum256(body)
	h.files["/"+name].variants = map[string]variant{"": func() (content, error) {
		return content{body, `"` + hex.EncodeToString(sum[:8]) + `"`}, nil
	}}
}

func isVariant(name string) bool {
	for _, e := range encodings {
		if strings.HasSuffix(name, e.suffix) {
			return true
		}
	}
	return false
}

func read(root fs.FS, name string) (*file, error) {
	f := &file{kind: types[path.Ext(name)], cache: "no-cache", variants: map[string]variant{}}
	if f.kind == "" {
		f.kind = mime.TypeByExtension(path.Ext(name))
	}
	if f.kind == "" {
		f.kind = "application/octet-stream"
	}
	if hashed.MatchString(name) {
		f.cache = "public, max-age=31536000, immutable"
	}
	whole, err := fs.Stat(root, name)
	if err != nil {
		return nil, err
	}
	f.variants[""] = newVariant(root, name)
	for _, e := range encodings {
		if v, err := fs.Stat(root, name+e.suffix); err == nil && v.Size() < whole.Size() {
			f.variants[e.name] = newVariant(root, name+e.suffix)
		}
	}
	return f, nil
}

func newVariant(root fs.FS, name string) variant {
	return sync.OnceValues(func() (content, error) {
		body, err := fs.ReadFile(root, name)
		sum := sha256.Sum256(body)
		return content{body, `"` + hex.EncodeToString(sum[:8]) + `"`}, err
	})
}

// ServeHTTP answers GET and HEAD. Names are looked up as they are, so there is
// nothing to traverse.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD are allowed", http.StatusMethodNotAllowed)
		return
	}
	f := h.files[r.URL.Path]
	if f == nil {
		h.notFound(w, r)
		return
	}
	encoding, v := f.choose(r)
	c, err := v()
	if err != nil {
		http.Error(w, "the file could not be read", http.StatusInternalServerError)
		return
	}
	f.describe(w.Header(), encoding)
	w.Header().Set("ETag", c.etag)
	http.ServeContent(whole{w, c.body}, r, "", time.Time{}, bytes.NewReader(c.body))
}

// whole is an answer that is written at once if it is the whole body, and not copied
// through small buffers.
type whole struct {
	http.ResponseWriter
	body []byte
}

// ReadFrom implements io.ReaderFrom, for io.CopyN in http.ServeContent.
func (w whole) ReadFrom(r io.Reader) (int64, error) {
	if l, ok := r.(*io.LimitedReader); ok && l.N == int64(len(w.body)) {
		n, err := w.Write(w.body)
		return int64(n), err
	}
	return io.Copy(w.ResponseWriter, r)
}

// describe sets the headers of an answer in an encoding.
func (f *file) describe(h http.Header, encoding string) {
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", f.cache)
	h.Add("Vary", "Accept-Encoding")
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
}

// choose picks the variant that the client takes. A range is one of the file
// itself.
func (f *file) choose(r *http.Request) (encoding string, v variant) {
	if r.Header.Get("Range") == "" {
		accepted := r.Header.Values("Accept-Encoding")
		for _, e := range encodings {
			if v, ok := f.variants[e.name]; ok && accepts(accepted, e.name) {
				return e.name, v
			}
		}
	}
	return "", f.variants[""]
}

// accepts reports whether an Accept-Encoding header takes an encoding: RFC 9110,
// section 12.5.3.
func accepts(header []string, encoding string) bool {
	ok := false
	for _, item := range strings.Split(strings.Join(header, ","), ",") {
		name, params, _ := strings.Cut(item, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		if name != encoding && name != "*" {
			continue
		}
		q := 1.0
		if s, found := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(params), " ", ""), "q="); found {
			var err error
			if q, err = strconv.ParseFloat(s, 64); err != nil {
				q = 0
			}
		}
		if name == encoding {
			return q > 0
		}
		ok = q > 0
	}
	return ok
}

func (h *Handler) notFound(w http.ResponseWriter, r *http.Request) {
	f := h.files["/404.html"]
	encoding, v := f.choose(r)
	c, err := v()
	if err != nil {
		http.Error(w, "nothing is here", http.StatusNotFound)
		return
	}
	f.describe(w.Header(), encoding)
	w.WriteHeader(http.StatusNotFound)
	if r.Method != http.MethodHead {
		w.Write(c.body) // the client may be gone; there is nobody to tell
	}
}
