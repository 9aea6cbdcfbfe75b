package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"tenfold/nn/cifar10"
	"tenfold/server/headers"
)

// started serves the page and a data set of two pictures as the program does, and returns
// the address.
func started(t *testing.T) string {
	t.Helper()
	packed(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, cifar10.TestFiles[0]), make([]byte, 2*3073), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "private.txt"), []byte(secret), 0o600); err != nil {
		t.Fatal(err)
	}
	mux, err := newHandler("", "")
	if err != nil {
		t.Fatal(err)
	}
	mux.Handle("/data/", dataFiles(dir))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	go func() { done <- serve(ctx, endpoint{Listener: l, handler: logged(log, headers.Add(mux))}, io.Discard) }()
	t.Cleanup(func() {
		stop()
		<-done
	})
	return l.Addr().String()
}

// raw sends bytes as they are and returns the answer's first line and its body.
func raw(t *testing.T, addr, request string) (status, body string) {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := io.WriteString(c, request); err != nil && !strings.Contains(err.Error(), "reset") {
		t.Fatal(err)
	}
	r, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return "closed", ""
	}
	b, _ := io.ReadAll(r.Body) // what there is of it
	return r.Status, string(b)
}

// TestRoughRequests sends what no browser sends.
func TestRoughRequests(t *testing.T) {
	addr := started(t)
	get := func(target string, header ...string) string {
		return "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + strings.Join(header, "") + "\r\n"
	}
	data := "/data/" + cifar10.TestFiles[0]
	for _, c := range []struct{ name, request, want string }{
		{"plain", get("/"), "200"},
		{"traversal", get("/../../etc/passwd"), "307"},
		{"traversal, encoded", get("/..%2f..%2fetc%2fpasswd"), "404"},
		{"traversal, encoded twice", get("/%252e%252e/%252e%252e/etc/passwd"), "404"},
		{"traversal, overlong UTF-8", get("/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd"), "404"},
		{"traversal, backslashes", get("/..\\..\\windows\\win.ini"), "404"},
		{"traversal, encoded backslashes", get("/..%5c..%5cwindows%5cwin.ini"), "404"},
		{"traversal in the data", get("/data/../private.txt"), "307"},
		{"traversal in the data, encoded", get("/data/..%2fprivate.txt"), "404"},
		{"another file of the data's folder", get("/data/private.txt"), "404"},
		{"the data's folder", get("/data/"), "404"},
		{"NUL", get("/index.html%00.png"), "404"},
		{"semicolons", get("/index.html;x=1"), "404"},
		{"a long path", get("/" + strings.Repeat("a/", 4000)), "404"},
		{"a bad escape", get("/%zz"), "400"},
		{"no host", "GET / HTTP/1.1\r\n\r\n", "400"},
		{"two hosts", get("/", "Host: y\r\n"), "400"},
		{"a host that is none", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "400"},
		{"a space in a header's name", get("/", "Accept Encoding: br\r\n"), "400"},
		{"a folded header", get("/", "X: a\r\n b\r\n"), "200"},
		{"huge headers", get("/", "X: "+strings.Repeat("a", 64<<10)+"\r\n"), "431"},
		{"many headers", get("/", strings.Repeat("X: a\r\n", 10000)), "431"},
		{"two lengths", get("/", "Content-Length: 1\r\nContent-Length: 2\r\n"), "400"},
		{"a negative length", get("/", "Content-Length: -1\r\n"), "400"},
		{"smuggling", get("/", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n") + "0\r\n\r\nGET /x HTTP/1.1\r\n\r\n", "200"},
		{"an unknown coding", get("/", "Transfer-Encoding: gzip\r\n"), "501"},
		{"an unknown expectation", get("/", "Expect: tea\r\n"), "417"},
		{"HTTP/0.9", "GET /\r\n\r\n", "400"}, {"HTTP/2 without TLS", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400"}, {"HTTP/3", "GET / HTTP/3.0\r\nHost: x\r\n\r\n", "505"},
		{"TLS", "\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03", "400"},
		{"POST", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc", "405"}, {"TRACE", "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n", "405"},
		{"CONNECT", "CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n", "404"}, {"a method of its own", "BREW / HTTP/1.1\r\nHost: x\r\n\r\n", "405"},
		{"a method to the data", "DELETE " + data + " HTTP/1.1\r\nHost: x\r\n\r\n", "405"},
		{"OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "200"},
		{"a range", get(data, "Range: bytes=0-9\r\n"), "206"}, {"a last part", get(data, "Range: bytes=-10\r\n"), "206"}, {"an open range", get(data, "Range: bytes=6000-\r\n"), "206"},
		{"a range past the end", get(data, "Range: bytes=999999-\r\n"), "416"}, {"a range backwards", get(data, "Range: bytes=9-1\r\n"), "416"},
		{"a range of no bytes", get(data, "Range: bytes=\r\n"), "200"}, {"another unit", get(data, "Range: lines=1-2\r\n"), "416"},
		{"a number too large", get(data, "Range: bytes=99999999999999999999-\r\n"), "416"},
		{"more ranges than there is", get(data, "Range: bytes="+strings.Repeat("0-,", 1000)+"0-\r\n"), "200"},
		{"two ranges", get(data, "Range: bytes=0-1,5-6\r\n"), "206"}, {"a range of a compressed file", get("/index.html", "Range: bytes=0-9\r\nAccept-Encoding: br\r\n"), "206"},
		{"a condition that is none", get("/", "If-Modified-Since: yesterday\r\nIf-None-Match: x\r\n"), "200"},
	} {
		status, body := raw(t, addr, c.request)
		if !strings.HasPrefix(status, c.want) {
			t.Errorf("%s: %s, want %s", c.name, status, c.want)
		}
		if strings.Contains(body, secret) || strings.Contains(body, "root:") {
			t.Errorf("%s got a file that is not served", c.name)
		}
	}
	if status, _ := raw(t, addr, get("/")); !strings.HasPrefix(status, "200") {
		t.Errorf("after all that: %s", status)
	}
}

// heap returns what the program holds, in bytes.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse + m.StackInuse
}

// TestIdleAndSlowClients holds two thousand connections open, lets clients send their
// headers a byte at a time and others read nothing of a large file: other clients are
// answered all the while, memory stays in bounds, and those that are too slow are dropped.
func TestIdleAndSlowClients(t *testing.T) {
	addr := started(t)
	before := heap()
	const idle = 2000
	var open []net.Conn
	defer func() {
		for _, c := range open {
			c.Close()
		}
	}()
	for len(open) < idle {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Logf("this machine allows %d connections: %v", len(open), err)
			break
		}
		open = append(open, c)
		if _, err := io.WriteString(c, "GET /404.html HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
	}
	buffer := make([]byte, 64<<10)
	for _, c := range open { // all are answered, and then stay
		c.SetReadDeadline(time.Now().Add(20 * time.Second))
		if _, err := c.Read(buffer); err != nil {
			t.Fatal(err)
		}
	}
	held := heap()
	each := float64(held-before) / float64(len(open)) // client's and server's half
	t.Logf("%d idle connections hold %.1f MB, %.1f kB each", len(open), float64(held-before)/1e6, each/1e3)
	if each > 64<<10 {
		t.Errorf("an idle connection holds %.0f bytes", each)
	}
	large := ""
	for f := range strings.FieldsSeq(mustGet(t, addr, "/")) {
		if i := strings.Index(f, "trainer."); i >= 0 {
			large = "/" + f[i:i+len("trainer.0123456789.wasm")]
		}
	}
	for range 100 { // they ask for 30 MB and read none
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		open = append(open, c)
		fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", large)
	}
	var wg sync.WaitGroup
	slow := make(chan time.Duration, 20)
	for range cap(slow) {
		wg.Go(func() {
			c, err := net.Dial("tcp", addr)
			if err != nil {
				t.Error(err)
				return
			}
			defer c.Close()
			start := time.Now()
			go func() {
				for _, b := range []byte("GET / HTTP/1.1\r\nHost: x\r\n" + strings.Repeat("X: a\r\n", 1000)) {
					if _, err := c.Write([]byte{b}); err != nil {
						return
					}
					time.Sleep(100 * time.Millisecond)
				}
			}()
			c.SetReadDeadline(start.Add(30 * time.Second))
			_, err = io.Copy(io.Discard, c)
			if ne, ok := err.(net.Error); ok && ne.Timeout() {
				t.Error("a client that dribbles its headers is never let go")
			}
			slow <- time.Since(start)
		})
	}
	worst := time.Duration(0)
	for range 50 {
		start := time.Now()
		mustGet(t, addr, "/404.html")
		worst = max(worst, time.Since(start))
		time.Sleep(20 * time.Millisecond)
	}
	wg.Wait()
	close(slow)
	for d := range slow {
		if d > 20*time.Second {
			t.Errorf("a slow client was let go after %v", d)
		}
	}
	grown := int64(heap()) - int64(before)
	t.Logf("with 100 that read nothing and 20 that dribble: %.1f MB, the slowest of 50 answers took %v", float64(grown)/1e6, worst)
	if grown > 256<<20 {
		t.Errorf("memory grew by %d bytes", grown)
	}
}

func mustGet(t *testing.T, addr, path string) string {
	t.Helper()
	r, err := http.Get("http://" + addr + path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != 200 {
		t.Fatalf("%s: %s %v", path, r.Status, err)
	}
	return string(b)
}
