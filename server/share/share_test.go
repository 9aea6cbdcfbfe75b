package share

import (
	"archive/zip"
	"bytes"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/project"
)

// memory keeps a project's files.
type memory map[string][]byte

func (m memory) Names() ([]string, error) { return nil, nil }
func (m memory) Remove(name string) error { delete(m, name); return nil }
func (m memory) Write(name string, b []byte) error {
	m[name] = b
	return nil
}
func (m memory) Read(name string) ([]byte, error) {
	if b, ok := m[name]; ok {
		return b, nil
	}
	return nil, fs.ErrNotExist
}

// archive is a project's .zip with n pictures in each of two classes, and a network.
func archive(t testing.TB, n int) []byte {
	t.Helper()
	p, err := project.New(memory{}, "Pets", "cat", "dog")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 * n {
		pixels := bytes.Repeat([]byte{byte(i), byte(i >> 8), 9}, 64)
		if _, err := p.Add(i%2, pixels, 8); err != nil {
			t.Fatal(err)
		}
	}
	network, err := (&checkpoint.File{}).Encode(checkpoint.F32)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := p.Archive(&b, project.Kept{Networks: map[string][]byte{"one": network}, Using: "one"}, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// room is a server that shares.
type room struct {
	testing.TB
	*Share
	dir string
	mux *http.ServeMux
}

func open(t testing.TB) *room {
	t.Helper()
	dir := t.TempDir()
	s, err := New(dir)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	s.Handle(mux)
	return &room{t, s, dir, mux}
}

// ask asks as from an address; header are names and values.
func (r *room) ask(method, target, from string, body []byte, header ...string) *httptest.ResponseRecorder {
	q := httptest.NewRequest(method, target, bytes.NewReader(body))
	q.RemoteAddr = from
	for i := 0; i < len(header); i += 2 {
		q.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	r.mux.ServeHTTP(w, q)
	return w
}

const teacher, pupil = "192.0.2.1:5", "192.0.2.2:5"

// put puts something up as the teacher's page does.
func (r *room) put(b []byte) *httptest.ResponseRecorder {
	return r.ask("POST", "/share", teacher, b, KeyHeader, r.Key, "Content-Type", "application/zip", "Sec-Fetch-Site", "same-origin", "Origin", "http://example.com")
}

func (r *room) up(b []byte) Entry {
	r.Helper()
	w := r.put(b)
	var e Entry
	if err := json.Unmarshal(w.Body.Bytes(), &e); err != nil || w.Code != http.StatusCreated {
		r.Fatal(w.Code, w.Body)
	}
	return e
}

// left are the files in the folder.
func (r *room) left() (names []string) {
	r.Helper()
	all, err := os.ReadDir(r.dir)
	if err != nil {
		r.Fatal(err)
	}
	for _, e := range all {
		names = append(names, e.Name())
	}
	return names
}

// TestShare puts a project up, fetches it as it is typed, lists it, and takes it away.
func TestShare(t *testing.T) {
	r := open(t)
	if w := r.ask("GET", "/share", pupil, nil); w.Code != 200 || !strings.Contains(w.Body.String(), `"share":true`) || strings.Contains(w.Body.String(), "list") {
		t.Error(w.Code, w.Body)
	}
	e := r.up(archive(t, 5))
	if e.Name != "Pets" || e.Pictures != 10 || e.Classes != 2 || !e.Network || typed(e.Code, codeLength) != e.Code {
		t.Errorf("%+v", e)
	}
	for _, code := range []string{e.Code, strings.ToLower(e.Code[:3]) + "%20" + e.Code[3:], e.Code[:3] + "-" + e.Code[3:]} {
		w := r.ask("GET", "/share/"+code, pupil, nil)
		if w.Code != 200 || w.Header().Get("Content-Type") != "application/zip" || w.Header().Get("Cache-Control") != "no-store" ||
			w.Header().Get("Content-Disposition") != `attachment; filename="tenfold-`+e.Code+`.zip"` || int64(w.Body.Len()) != e.Bytes {
			t.Error(code, w.Code, w.Header(), w.Body.Len())
		}
		z, err := zip.NewReader(bytes.NewReader(w.Body.Bytes()), int64(w.Body.Len()))
		if err != nil || !project.IsArchive(z) {
			t.Error("it is no project:", err)
		}
	}
	if w := r.ask("GET", "/share", teacher, nil, KeyHeader, strings.ToLower(r.Key)); !strings.Contains(w.Body.String(), `"code":"`+e.Code+`"`) || !strings.Contains(w.Body.String(), `"pictures":10`) {
		t.Error(w.Code, w.Body)
	}
	if w := r.ask("DELETE", "/share/"+e.Code, pupil, nil); w.Code != 403 {
		t.Error("without the key it is deleted:", w.Code)
	}
	if w := r.ask("DELETE", "/share/"+e.Code, teacher, nil, KeyHeader, r.Key); w.Code != 204 {
		t.Error(w.Code, w.Body)
	}
	if w := r.ask("DELETE", "/share/"+e.Code, teacher, nil, KeyHeader, r.Key); w.Code != 404 {
		t.Error(w.Code, w.Body)
	}
	if w := r.ask("GET", "/share/"+e.Code, pupil, nil); w.Code != 404 {
		t.Error(w.Code)
	}
	if names := r.left(); len(names) > 0 {
		t.Error("left:", names)
	}
	if again, err := New(r.dir); err != nil || again.Key == r.Key {
		t.Error("two starts have one key", err)
	}
}

// TestHostileUploads sends what is to be refused: nothing of it stays.
func TestHostileUploads(t *testing.T) {
	r := open(t)
	good := archive(t, 3)
	bomb := func(name string) []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		about, _ := w.Create("project.json")
		io.WriteString(about, `{"tenfold_project":1,"name":"x","classes":[{"name":"a","folder":"a"}]}`)
		out, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(make([]byte, 200<<20))
		w.Close()
		return b.Bytes()
	}
	page := []string{KeyHeader, r.Key, "Content-Type", "application/zip"}
	for name, c := range map[string]struct {
		body   []byte
		header []string
		want   int
		text   string
	}{
		"no key":                  {good, []string{"Content-Type", "application/zip"}, 403, "key"},
		"another key":             {good, []string{KeyHeader, "CCCC-CCCC", "Content-Type", "application/zip"}, 403, "key"},
		"a key and more":          {good, []string{KeyHeader, r.Key + "C", "Content-Type", "application/zip"}, 403, "key"},
		"another origin":          {good, append(page, "Origin", "http://evil.example"), 403, "page of this server"},
		"another site":            {good, append(page, "Sec-Fetch-Site", "cross-site"), 403, "page of this server"},
		"another port":            {good, append(page, "Sec-Fetch-Site", "same-site"), 403, "page of this server"},
		"a sandbox":               {good, append(page, "Origin", "null"), 403, "page of this server"},
		"a form":                  {good, []string{KeyHeader, r.Key, "Content-Type", "multipart/form-data"}, 415, ".zip"},
		"nothing":                 {nil, page, 422, "is no .zip"},
		"a page":                  {[]byte("<html><script>alert(1)</script></html>"), page, 422, "is no .zip"},
		"a page behind a project": {append(bytes.Clone(good), "<script>"...), page, 422, "behind it"},
		"a project cut short":     {good[:len(good)/2], page, 422, "is no .zip"},
		"of a picture's bomb":     {bomb("classes/a/1.png"), page, 422, "is larger than"},
		"a program":               {bomb("setup.exe"), page, 422, "is no part of a project"},
		"a path upwards":          {bomb("classes/a/../../../x.png"), page, 422, "is no part of a project"},
	} {
		w := r.ask("POST", "/share", teacher, c.body, c.header...)
		if w.Code != c.want || !strings.Contains(w.Body.String(), c.text) {
			t.Errorf("%s: %d %q, want %d %q", name, w.Code, w.Body, c.want, c.text)
		}
	}
	// What says nothing of its length, or too much.
	for length, want := range map[int64]int{-1: 411, MaxBytes + 1: 413, int64(len(good)) + 9: 400} {
		q := httptest.NewRequest("POST", "/share", bytes.NewReader(good))
		q.ContentLength = length
		q.Header.Set(KeyHeader, r.Key)
		q.Header.Set("Content-Type", "application/zip")
		w := httptest.NewRecorder()
		if r.mux.ServeHTTP(w, q); w.Code != want {
			t.Errorf("a length of %d: %d %s, want %d", length, w.Code, w.Body, want)
		}
	}
	if names := r.left(); len(names) > 0 {
		t.Error("left:", names)
	}
	r.up(good)
}

// TestPaths asks for what is not under a code.
func TestPaths(t *testing.T) {
	r := open(t)
	outside := filepath.Join(filepath.Dir(r.dir), "outside.zip")
	if err := os.WriteFile(outside, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(r.dir, "notes.zip"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	const link, within = "CCCCCC", "DDDDDD"
	if runtime.GOOS != "windows" {
		for code, to := range map[string]string{link: outside, within: "notes.zip"} {
			if err := os.Symlink(to, filepath.Join(r.dir, fileName(code))); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.Mkdir(filepath.Join(r.dir, fileName("FFFFFF")), 0o700); err != nil {
		t.Fatal(err)
	}
	for i, target := range []string{
		"/share/" + link, "/share/" + within, "/share/FFFFFF", "/share/notes.zip", "/share/..%2foutside.zip", "/share/%2e%2e%2foutside", "/share/..%5coutside",
		"/share/tenfold-" + link + ".zip", "/share/CCCCC%00", "/share/CCCCCC%00", "/share/" + strings.Repeat("C", 9999), "/share/" + strings.Repeat("%20", 30) + link, "/share/", "/share/%ff%ff%ff", "/share/ÇÇÇ",
	} {
		from := fmt.Sprintf("192.0.2.%d:1", 10+i)
		if w := r.ask("GET", target, from, nil); w.Code != 404 || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
		if w := r.ask("DELETE", target, from, nil, KeyHeader, r.Key); w.Code != 404 && w.Code != 405 {
			t.Errorf("deleting %s: %d %s", target, w.Code, w.Body)
		}
	}
	if b, err := os.ReadFile(outside); err != nil || string(b) != "secret" {
		t.Error(err)
	}
	if len(r.left()) < 2 {
		t.Error("what is not of this program was removed:", r.left())
	}
}

// TestGuessing guesses codes and keys: after some of them the right one is not taken either, from there;
// others are not held up, and a minute later it goes on.
func TestGuessing(t *testing.T) {
	r := open(t)
	now := time.Now()
	r.folder.now = func() time.Time { return now }
	e := r.up(archive(t, 1))
	for range 100 { // who types the right one is never held up
		if w := r.ask("GET", "/share/"+e.Code, pupil, nil); w.Code != 200 {
			t.Fatal(w.Code)
		}
	}
	guess := func(ask func(i int) int) (wrong int) {
		var mu sync.Mutex
		var all sync.WaitGroup
		for i := range 200 {
			all.Go(func() {
				code := ask(i)
				mu.Lock()
				defer mu.Unlock()
				if code != http.StatusTooManyRequests {
					wrong++
				}
			})
		}
		all.Wait()
		return wrong
	}
	if n := guess(func(int) int { return r.ask("GET", "/share/"+random(codeLength), pupil, nil).Code }); n != 20 {
		t.Errorf("%d codes could be guessed in a minute", n)
	}
	if n := guess(func(i int) int {
		return r.ask("GET", "/share", fmt.Sprintf("[2001:db8::%x]:1", i), nil, KeyHeader, random(keyLength)).Code
	}); n != 10 {
		t.Errorf("%d keys could be guessed in a minute", n)
	}
	w := r.ask("GET", "/share/"+e.Code, pupil, nil)
	if w.Code != 429 || w.Header().Get("Retry-After") != "60" {
		t.Error("who has guessed goes on at once:", w.Code)
	}
	if w := r.ask("GET", "/share", "[2001:db8::ffff]:1", nil, KeyHeader, r.Key); w.Code != 429 {
		t.Error("who has guessed keys goes on at once:", w.Code)
	}
	if w := r.ask("GET", "/share/"+e.Code, "192.0.2.77:1", nil); w.Code != 200 {
		t.Error("another one is held up:", w.Code)
	}
	if w := r.ask("GET", "/share", teacher, nil, KeyHeader, r.Key); w.Code != 200 {
		t.Error("the teacher is held up:", w.Code)
	}
	now = now.Add(time.Minute)
	if w := r.ask("GET", "/share/"+e.Code, pupil, nil); w.Code != 200 {
		t.Error("a minute later:", w.Code)
	}
}

// TestFullFolder stops at so many projects and at so many bytes, and lets old ones go.
func TestFullFolder(t *testing.T) {
	r := open(t)
	now := time.Now()
	r.folder.now = func() time.Time { return now }
	large := filepath.Join(r.dir, fileName("CCCCCC"))
	if err := os.WriteFile(large, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, maxTotal); err != nil {
		t.Fatal(err)
	}
	good := archive(t, 1)
	if w := r.put(good); w.Code != http.StatusInsufficientStorage || !strings.Contains(w.Body.String(), "2048 MB: delete one") {
		t.Error(w.Code, w.Body)
	}
	if err := os.Remove(large); err != nil {
		t.Fatal(err)
	}
	first := r.up(good)
	for i := range maxFiles - 1 {
		if err := os.WriteFile(filepath.Join(r.dir, fileName(fmt.Sprint("CCCC", string(letters[i/10]), string(letters[i%10])))), good, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(r.dir, "lesson.zip"), good, 0o600); err != nil {
		t.Fatal(err)
	}
	if w := r.put(good); w.Code != http.StatusInsufficientStorage || !strings.Contains(w.Body.String(), "100 projects are put up: delete one") {
		t.Error(w.Code, w.Body)
	}
	now = now.Add(lasts + time.Hour)
	if w := r.ask("GET", "/share/"+first.Code, pupil, nil); w.Code != 404 {
		t.Error("after a week it is still there:", w.Code)
	}
	r.folder.sweep()
	if names := r.left(); len(names) != 1 || names[0] != "lesson.zip" {
		t.Error("left:", names)
	}
}

// broken is a file of a disk that is full.
type broken struct{ file }

func (broken) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// TestFullDisk says so, and leaves nothing.
func TestFullDisk(t *testing.T) {
	r := open(t)
	create := r.folder.create
	for at := range 2 { // of what comes, and of the copy
		n := 0
		r.folder.create = func(name string) (file, error) {
			f, err := create(name)
			if n++; n == at+1 {
				return broken{f}, err
			}
			return f, err
		}
		if w := r.put(archive(t, 1)); w.Code != http.StatusInsufficientStorage || !strings.Contains(w.Body.String(), "it cannot be kept: no space left") {
			t.Error(at, w.Code, w.Body)
		}
		if names := r.left(); len(names) > 0 {
			t.Error("left:", names)
		}
	}
	r.folder.create = create
	r.up(archive(t, 1))
}

// served is the room over https, as the program serves it, with a short patience.
func served(t *testing.T) (*room, *httptest.Server) {
	r := open(t)
	r.silence, r.longest = time.Second, 3*time.Second
	s := httptest.NewUnstartedServer(r.mux)
	s.EnableHTTP2 = true
	s.Config.ReadTimeout = 500 * time.Millisecond // of the program's other answers
	s.StartTLS()
	t.Cleanup(s.Close)
	return r, s
}

// dripping gives its bytes in parts, after a wait each.
type dripping struct {
	parts [][]byte
	wait  time.Duration
}

func (d *dripping) Read(b []byte) (int, error) {
	if len(d.parts) == 0 {
		return 0, io.EOF
	}
	time.Sleep(d.wait)
	n := copy(b, d.parts[0])
	if d.parts[0] = d.parts[0][n:]; len(d.parts[0]) == 0 {
		d.parts = d.parts[1:]
	}
	return n, nil
}

// TestSlowUploads takes what comes slowly, over both versions of HTTP, and lets go of who is silent or
// would never end. Meanwhile nobody else can put something up.
func TestSlowUploads(t *testing.T) {
	r, s := served(t)
	good := archive(t, 3)
	in := func(n int, wait time.Duration) io.Reader {
		return &dripping{slices.Collect(slices.Chunk(good, len(good)/n)), wait}
	}
	trusts := s.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	plain := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusts, NextProtos: []string{"http/1.1"}}}}
	defer plain.CloseIdleConnections()
	for version, client := range map[string]*http.Client{"HTTP/2.0": s.Client(), "HTTP/1.1": plain} {
		for name, c := range map[string]struct {
			body io.Reader
			want int
		}{
			"slow":    {in(8, 200*time.Millisecond), http.StatusCreated},
			"silent":  {in(8, 4*time.Second), http.StatusRequestTimeout},
			"endless": {in(len(good), 50*time.Millisecond), http.StatusRequestTimeout},
		} {
			q, err := http.NewRequest("POST", s.URL+"/share", c.body)
			if err != nil {
				t.Fatal(err)
			}
			q.ContentLength = int64(len(good))
			q.Header.Set(KeyHeader, r.Key)
			q.Header.Set("Content-Type", "application/zip")
			w, err := client.Do(q)
			if err != nil {
				if c.want == http.StatusCreated || errors.Is(err, os.ErrDeadlineExceeded) {
					t.Errorf("%s, %s: %v", version, name, err)
				}
				continue // it was let go
			}
			text, _ := io.ReadAll(w.Body)
			w.Body.Close()
			if w.StatusCode != c.want || w.Proto != version {
				t.Errorf("%s, %s: %s %d %s, want %d", version, name, w.Proto, w.StatusCode, text, c.want)
			}
		}
	}
	r.busy.Lock() // one comes
	if w := r.put(good); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
		t.Error("two at once:", w.Code)
	}
	r.busy.Unlock()
	if n := len(r.left()); n != 2 {
		t.Errorf("%d files are left, want the 2 that came", n)
	}
}

// TestGone goes away in the middle of an upload: nothing stays, and the next one is taken.
func TestGone(t *testing.T) {
	r, s := served(t)
	c, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	over := tls.Client(c, &tls.Config{InsecureSkipVerify: true})
	fmt.Fprintf(over, "POST /share HTTP/1.1\r\nHost: x\r\n%s: %s\r\nContent-Type: application/zip\r\nContent-Length: 5000\r\n\r\nPK", KeyHeader, r.Key)
	for deadline := time.Now().Add(5 * time.Second); len(r.left()) == 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the upload does not begin")
		}
	}
	c.Close()
	r.busy.Lock() // when it is done
	defer r.busy.Unlock()
	if names := r.left(); len(names) > 0 {
		t.Error("left:", names)
	}
}

// TestFolderRefused starts where nothing can be kept.
func TestFolderRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, filepath.Join(file, "x"), filepath.Join(t.TempDir(), "a", "b")} {
		if _, err := New(dir); err == nil {
			t.Error("no error:", dir)
		}
	}
	made := filepath.Join(t.TempDir(), "made")
	if _, err := New(made); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(made); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Error(info.Mode(), err)
	}
}

// FuzzTyped takes what a person has typed for a code.
func FuzzTyped(f *testing.F) {
	f.Add("346 789")
	f.Add("../../x")
	f.Fuzz(func(t *testing.T, text string) {
		if code := typed(text, codeLength); code != "" && (len(code) != codeLength || strings.Trim(code, letters) != "") {
			t.Errorf("%q is %q", text, code)
		}
	})
}

// TestLongChecks puts a project up whose check takes longer than it may: it is refused with what would help,
// and nothing of it is left.
func TestLongChecks(t *testing.T) {
	r := open(t)
	r.check = 0
	if w := r.put(archive(t, 30)); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "fewer pictures") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if left := r.left(); len(left) != 0 {
		t.Errorf("%v are left", left)
	}
	r.check = checking
	r.up(archive(t, 30))
}

// BenchmarkCheck checks the largest project that there can be: 20,000 pictures in 100 MB.
func BenchmarkCheck(b *testing.B) {
	p, err := project.New(memory{}, "Pets", "cat", "dog")
	if err != nil {
		b.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	const side = 40 // noise of it takes 5 kB
	pixels := make([]byte, 3*side*side)
	for i := range project.MaxPictures {
		for k := range pixels {
			pixels[k] = byte(rng.Uint32())
		}
		if _, err := p.Add(i%2, pixels, side); err != nil {
			b.Fatal(err)
		}
	}
	var in bytes.Buffer
	if _, err := p.Archive(&in, project.Kept{}, nil); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(in.Len()))
	for b.Loop() {
		s, err := project.Repack(io.Discard, bytes.NewReader(in.Bytes()), int64(in.Len()), sound, func() error { return nil })
		if err != nil || s.Pictures != project.MaxPictures {
			b.Fatal(s, err)
		}
	}
	b.ReportMetric(float64(in.Len())/1e6, "MB")
}
