package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"
)

// asset is a file of the page, and how many bytes of it come.
type asset struct {
	path  string
	bytes int64 // compressed, as a browser takes it
}

// firstVisit lists what a browser fetches when it opens the page for the first time: all
// but the program that trains, and one of the two that classify.
func firstVisit(site string) ([]asset, error) {
	entries, err := os.ReadDir(site)
	if err != nil {
		return nil, err
	}
	variant := regexp.MustCompile(`\.(br|gz)$`)
	later := regexp.MustCompile(`^(README|404|trainer|worker\.[0-9a-f]+\.wasm)`)
	var all []asset
	for _, e := range entries {
		name := e.Name()
		if variant.MatchString(name) || later.MatchString(name) {
			continue
		}
		path := filepath.Join(site, name)
		info, err := os.Stat(path + ".br")
		if err != nil {
			if info, err = os.Stat(path); err != nil {
				return nil, err
			}
		}
		if name == "index.html" {
			name = ""
		}
		all = append(all, asset{"/" + name, info.Size()})
	}
	if len(all) < 8 {
		return nil, errors.New("the page is not packed: `make build` does it")
	}
	return all, nil
}

// measurement is one round of one server.
type measurement struct {
	pages  int
	bytes  int64
	took   time.Duration
	delays []time.Duration // of each request
	errors []error
}

// atOnce is how many connections a browser opens to a server that speaks HTTP/1.1.
const atOnce = 6

// visitAll has all clients come at once. Warm ones have the files and only ask whether
// they are still good.
func visitAll(address string, files []asset, s settings, warm bool) measurement {
	var m measurement
	var mu sync.Mutex
	var wg sync.WaitGroup
	gate := make(chan struct{})
	tags := map[string]string{}
	if warm {
		for _, f := range files {
			_, tag, err := fetch(&http.Client{}, address, f, "")
			if err != nil {
				m.errors = append(m.errors, err)
			}
			tags[f.path] = tag
		}
	}
	for range s.clients {
		wg.Go(func() {
			<-gate
			for range s.visits {
				one := visit(address, files, tags)
				mu.Lock()
				m.pages += one.pages
				m.bytes += one.bytes
				m.delays = append(m.delays, one.delays...)
				m.errors = append(m.errors, one.errors...)
				mu.Unlock()
			}
		})
	}
	start := time.Now()
	close(gate)
	wg.Wait()
	m.took = time.Since(start)
	return m
}

// visit opens the page as one browser does: with new connections, the page first and then
// the rest.
func visit(address string, files []asset, tags map[string]string) measurement {
	transport := &http.Transport{DisableCompression: true, MaxConnsPerHost: atOnce, MaxIdleConnsPerHost: atOnce}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: time.Minute}
	var m measurement
	var mu sync.Mutex
	get := func(f asset) {
		start := time.Now()
		n, _, err := fetch(client, address, f, tags[f.path])
		mu.Lock()
		defer mu.Unlock()
		m.bytes += n
		m.delays = append(m.delays, time.Since(start))
		if err != nil {
			m.errors = append(m.errors, err)
		}
	}
	get(files[0]) // "", which sorts first
	var wg sync.WaitGroup
	for _, f := range files[1:] {
		wg.Go(func() { get(f) })
	}
	wg.Wait()
	if len(m.errors) == 0 {
		m.pages = 1
	}
	return m
}

// fetch gets one file and checks that all of it came, compressed.
func fetch(client *http.Client, address string, f asset, tag string) (n int64, etag string, err error) {
	q, err := http.NewRequest("GET", address+f.path, nil)
	if err != nil {
		return 0, "", err
	}
	q.Header.Set("Accept-Encoding", "gzip, deflate, br, zstd")
	if tag != "" {
		q.Header.Set("If-None-Match", tag)
	}
	r, err := client.Do(q)
	if err != nil {
		return 0, "", err
	}
	defer r.Body.Close()
	n, err = io.Copy(io.Discard, r.Body)
	switch {
	case err != nil:
	case tag != "" && r.StatusCode == http.StatusNotModified:
	case r.StatusCode != http.StatusOK:
		err = fmt.Errorf("%s: %s", f.path, r.Status)
	case n != f.bytes:
		err = fmt.Errorf("%s: %d bytes, want %d (%s)", f.path, n, f.bytes, strings.Join(r.Header["Content-Encoding"], ","))
	}
	return n, r.Header.Get("ETag"), err
}
