// Package share hands projects on within a room: who has the teacher's key puts one up, and gets a code
// under which everybody in the room fetches it.
package share

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

// KeyHeader is where the teacher's key stands. No page of another origin can send it.
const KeyHeader = "X-Tenfold-Key"

// How long an upload may take in all, how long nothing of it may come, and how long it may take to check what
// has come. The page waits as long as the first and the last together.
const (
	longest  = 5 * time.Minute
	silence  = 15 * time.Second
	checking = 5 * time.Minute
)

// errLong is why a project is not put up that takes too long to check.
var errLong = errors.New("it takes too long to check: put up fewer pictures, or the project without them")

// Share is what a room shares.
type Share struct {
	Key string // the teacher's, as it is written for people

	key     string
	folder  *folder
	keys    tries // that were wrong
	codes   tries
	foreign *http.CrossOriginProtection
	busy    sync.Mutex // while a project is put up
	longest time.Duration
	silence time.Duration
	check   time.Duration
}

// New shares what lies in a folder, with a new key.
func New(dir string) (*Share, error) {
	f, err := openFolder(dir)
	if err != nil {
		return nil, err
	}
	key := random(keyLength)
	return &Share{
		Key: key[:keyLength/2] + "-" + key[keyLength/2:], key: key, folder: f, keys: tries{most: 10}, codes: tries{most: 20},
		foreign: http.NewCrossOriginProtection(), longest: longest, silence: silence, check: checking,
	}, nil
}

// Sweep removes what is too old, every hour until ctx ends.
func (s *Share) Sweep(ctx context.Context) {
	hour := time.NewTicker(time.Hour)
	defer hour.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-hour.C:
			s.folder.sweep()
		}
	}
}

// Handle adds the addresses under /share to a server.
func (s *Share) Handle(mux *http.ServeMux) {
	for pattern, f := range map[string]http.HandlerFunc{
		"GET /share": s.about, "POST /share": s.put, "GET /share/{code}": s.get, "DELETE /share/{code}": s.remove,
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Cache-Control", "no-store")
			if err := s.foreign.Check(r); err != nil || !ownSite(r) {
				http.Error(w, "this is for the page of this server", http.StatusForbidden)
				return
			}
			f(w, r)
		})
	}
}

// ownSite says whether a request comes from a page of this server, or from no page.
func ownSite(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
		return true
	}
	return false
}

// allowed says whether the key is the teacher's, and answers if it is not.
func (s *Share) allowed(w http.ResponseWriter, r *http.Request) bool {
	right, ok := s.keys.try(r.RemoteAddr, s.folder.now())
	switch {
	case !ok:
		later(w)
	case !same(typed(r.Header.Get(KeyHeader), keyLength), s.key):
		http.Error(w, "the key is another one", http.StatusForbidden)
	default:
		right()
		return true
	}
	return false
}

// later refuses who has guessed too often.
func later(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "60")
	http.Error(w, "too many tries: wait a minute", http.StatusTooManyRequests)
}

// about says that this server shares, and to the teacher what.
func (s *Share) about(w http.ResponseWriter, r *http.Request) {
	say := struct {
		Share bool    `json:"share"`
		Most  int64   `json:"most"` // bytes
		List  []Entry `json:"list,omitzero"`
	}{Share: true, Most: MaxBytes}
	if r.Header.Get(KeyHeader) != "" {
		if !s.allowed(w, r) {
			return
		}
		var err error
		if say.List, err = s.folder.list(); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
	}
	answer(w, http.StatusOK, say)
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // who is gone hears nothing
}

// get hands a project out.
func (s *Share) get(w http.ResponseWriter, r *http.Request) {
	right, ok := s.codes.try(r.RemoteAddr, s.folder.now())
	if !ok {
		later(w)
		return
	}
	code := typed(r.PathValue("code"), codeLength)
	var (
		out  *os.File
		info fs.FileInfo
		err  = fs.ErrNotExist
	)
	if code != "" {
		out, info, err = s.folder.open(code)
	}
	if err != nil {
		http.Error(w, "nothing is put up under this code", http.StatusNotFound)
		return
	}
	right()
	defer out.Close()
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Disposition", `attachment; filename="`+fileName(code)+`"`)
	http.ServeContent(w, r, "", info.ModTime(), out)
}

// remove takes a project away.
func (s *Share) remove(w http.ResponseWriter, r *http.Request) {
	if !s.allowed(w, r) {
		return
	}
	code := typed(r.PathValue("code"), codeLength)
	err := fs.ErrNotExist
	if code != "" {
		err = s.folder.remove(code)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		http.Error(w, "nothing is put up under this code", http.StatusNotFound)
	case err != nil:
		http.Error(w, err.Error(), http.StatusInternalServerError)
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

// put puts a project up.
func (s *Share) put(w http.ResponseWriter, r *http.Request) {
	if !s.allowed(w, r) {
		return
	}
	switch n := r.ContentLength; {
	case n < 0:
		http.Error(w, "say how long it is", http.StatusLengthRequired)
		return
	case n > MaxBytes:
		http.Error(w, fmt.Sprintf("a project may have %d MB", MaxBytes>>20), http.StatusRequestEntityTooLarge)
		return
	case r.Header.Get("Content-Type") != "application/zip":
		http.Error(w, "want a project's .zip", http.StatusUnsupportedMediaType)
		return
	}
	if !s.busy.TryLock() {
		w.Header().Set("Retry-After", "10")
		http.Error(w, "another project is being put up", http.StatusServiceUnavailable)
		return
	}
	defer s.busy.Unlock()
	s.folder.sweep()
	control := http.NewResponseController(w)
	_ = control.SetWriteDeadline(time.Now().Add(s.longest + s.check + s.silence)) // where there is none, there is nothing to move
	end := time.Now().Add(s.longest)
	e, err := s.folder.put(r.ContentLength, paced{r.Body, control, end, s.silence}, s.within(r.Context()))
	switch {
	case err == nil:
		answer(w, http.StatusCreated, e)
	case errors.Is(err, os.ErrDeadlineExceeded):
		http.Error(w, "it came too slowly", http.StatusRequestTimeout)
	case errors.Is(err, errLong):
		http.Error(w, err.Error(), http.StatusUnprocessableEntity)
	case errors.Is(err, errFull), errors.Is(err, errDisk):
		http.Error(w, err.Error(), http.StatusInsufficientStorage)
	case errors.Is(err, io.ErrUnexpectedEOF) && !strings.HasPrefix(err.Error(), "project: "), r.Context().Err() != nil:
		http.Error(w, "it was cut off", http.StatusBadRequest)
	default:
		http.Error(w, strings.TrimPrefix(err.Error(), "project: "), http.StatusUnprocessableEntity)
	}
}

// within ends a check when nobody waits for it any more, or when it has taken too long from its first file on.
func (s *Share) within(ctx context.Context) func() error {
	var end time.Time
	return func() error {
		switch now := time.Now(); {
		case end.IsZero():
			end = now.Add(s.check)
		case now.After(end):
			return errLong
		}
		return ctx.Err()
	}
}

// paced is what comes of a client, which must not be silent for long.
type paced struct {
	io.Reader
	control *http.ResponseController
	end     time.Time
	silence time.Duration
}

// Read implements io.Reader.
func (p paced) Read(b []byte) (int, error) {
	until := time.Now().Add(p.silence)
	if until.After(p.end) {
		until = p.end
	}
	if err := p.control.SetReadDeadline(until); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	return p.Reader.Read(b)
}
