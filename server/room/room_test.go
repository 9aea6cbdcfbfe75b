package room

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"image/png"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestCertificate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "tenfold")
	now := time.Now()
	hosts := []string{"192.168.1.7", "fd00::7", "desk", "localhost"}
	first, err := Certificate(dir, hosts, now)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range hosts {
		if err := first.Leaf.VerifyHostname(h); err != nil {
			t.Error(err)
		}
	}
	if info, err := os.Stat(filepath.Join(dir, "certificate.pem")); err != nil || info.Mode().Perm() != 0o600 && runtime.GOOS != "windows" {
		t.Errorf("%v %v", info, err)
	}
	same := func(name string, hosts []string, now time.Time, want bool) {
		t.Helper()
		c, err := Certificate(dir, hosts, now)
		if err != nil {
			t.Fatal(err)
		}
		if got := bytes.Equal(c.Certificate[0], first.Certificate[0]); got != want {
			t.Errorf("%s: the old certificate is kept: %v", name, got)
		}
		first = c
	}
	same("again", hosts, now, true)
	same("fewer addresses", hosts[:2], now, true)
	same("another address", append([]string{"10.0.0.3"}, hosts...), now, false)
	same("a day before its end", hosts, now.Add(valid-time.Hour), false)
	if err := os.WriteFile(filepath.Join(dir, "certificate.pem"), []byte("damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	same("damaged", hosts, now, false)
	// A browser that trusts it can talk to a server that has it.
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.TLS = &tls.Config{Certificates: []tls.Certificate{first}}
	server.StartTLS()
	defer server.Close()
	pool := x509.NewCertPool()
	pool.AddCert(first.Leaf)
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}}
	r, err := client.Get("https://localhost:" + port)
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if _, err := Certificate("/dev/null/x", hosts, now); err == nil {
		t.Error("a certificate that cannot be kept: no error")
	}
}

func TestHosts(t *testing.T) {
	got := ranked([]host{
		{net.ParseIP("127.0.0.1"), false}, {net.ParseIP("172.17.0.1"), true}, {net.ParseIP("fd00::7"), false},
		{net.ParseIP("203.0.113.9"), false}, {net.ParseIP("192.168.1.7"), false}, {net.ParseIP("::1"), false},
	})
	if want := []string{"192.168.1.7", "203.0.113.9", "fd00::7", "172.17.0.1", "127.0.0.1", "::1"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	all, err := Hosts()
	if err != nil || all[len(all)-1] != "localhost" || !slices.Contains(all, "127.0.0.1") {
		t.Errorf("%v %v", all, err)
	}
	for name, want := range map[string]bool{"docker0": true, "veth12": true, "eth0": false, "wlan0": false, "en0": false} {
		if virtual(name) != want {
			t.Errorf("%s is virtual: %v", name, !want)
		}
	}
}

func get(h http.Handler, url string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", url, nil))
	return w
}

func TestJoin(t *testing.T) {
	r := New([]string{"https://192.168.1.7:8443", "https://desk:8443"}, true)
	mux := http.NewServeMux()
	r.Handle(mux)
	body := get(mux, "/join").Body.String()
	for _, want := range []string{"https://192.168.1.7:8443</a>", "data:image/png;base64,", "Advanced", `id="connected">0<`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	for _, path := range []string{"/join/room.css", "/join/join.js"} {
		if w := get(mux, path); w.Code != 200 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	code, err := r.Code()
	if err != nil {
		t.Fatal(err)
	}
	if img, err := png.Decode(bytes.NewReader(code)); err != nil || img.Bounds().Dx() < 300 {
		t.Errorf("%v", err)
	}
}

// conn is a connection from somewhere.
type conn struct {
	net.Conn
	from string
}

func (c conn) RemoteAddr() net.Addr {
	a, err := net.ResolveTCPAddr("tcp", c.from)
	if err != nil {
		panic(err)
	}
	return a
}

func TestConnected(t *testing.T) {
	r := New([]string{"https://x:1"}, true)
	a, again, b, own := &conn{from: "10.0.0.1:1"}, &conn{from: "10.0.0.1:2"}, &conn{from: "10.0.0.2:1"}, &conn{from: "127.0.0.1:1"}
	for _, c := range []*conn{a, again, b, own} {
		r.Track(c, http.StateNew)
		r.Track(c, http.StateActive)
	}
	if n := r.Connected(); n != 2 {
		t.Errorf("%d are connected, want 2", n)
	}
	r.Track(a, http.StateClosed)
	r.Track(b, http.StateClosed)
	if n := r.Connected(); n != 1 {
		t.Errorf("%d are connected, want 1", n)
	}
}

func TestWelcome(t *testing.T) {
	page := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("the page")) })
	h := New([]string{"https://192.168.1.7:8443"}, true).Welcome(page)
	if s := get(h, "http://desk:8080/").Body.String(); !strings.Contains(s, `href="https://desk:8443/"`) || !strings.Contains(s, "without https") {
		t.Errorf("%s", s)
	}
	for _, path := range []string{"http://desk:8080/?plain", "http://desk:8080/page.js"} {
		if s := get(h, path).Body.String(); s != "the page" {
			t.Errorf("%s: %s", path, s)
		}
	}
	real := New([]string{"https://tenfold.example:8443"}, false).Welcome(page)
	if w := get(real, "http://tenfold.example:8080/?x=1"); w.Code != http.StatusTemporaryRedirect || w.Header().Get("Location") != "https://tenfold.example:8443/?x=1" {
		t.Errorf("%d %s", w.Code, w.Header().Get("Location"))
	}
}
