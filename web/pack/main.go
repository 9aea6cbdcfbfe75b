// Pack builds the WebAssembly programs and writes the page into web/dist: each
// file under a name that holds the hash of its content, so that it can be cached
// for ever, and next to it a Brotli and a gzip variant. index.html, 404.html, the
// service worker and the manifest keep their names; they are templates that get the
// others' names here, and the texts of package words.
//
//	go run ./web/pack [-quality 5]
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"html/template"
	"image"
	"image/png"
	"io"
	"log"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	text "text/template"

	"github.com/andybalholm/brotli"
	"golang.org/x/sync/errgroup"

	"tenfold/nn/cifar10"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/subject"
	"tenfold/wasm/ui/words"
	"tenfold/web/relax"
)

// programs are the WebAssembly programs, by the names that the page gives them.
var programs = map[string]string{
	"worker.wasm":     "./wasm/worker",
	"classifier.wasm": "./wasm/classifier",
	"drafter.wasm":    "./wasm/drafter",
	"trainer.wasm":    "./wasm/trainer",
	"ui.wasm":         "./wasm/ui",
}

// relaxed is the worker rewritten for browsers with relaxed SIMD.
const relaxed = "worker-relaxed.wasm"

// files are the other files, by the page's names for them.
var files = map[string]string{
	"style.css": "web/style.css",
	"page.js":   "web/page.js",
	"worker.js": "web/worker.js",
	"icon.svg":  "web/icon.svg",

	// Of an exported page.
	protocol.KitPage:   "web/classifier/index.html",
	protocol.KitScript: "web/classifier/page.js",
	protocol.KitWorker: "web/classifier/worker.js",
}

// networks returns the files of the pretrained networks.
func networks() map[string]string {
	all := map[string]string{}
	for _, name := range network.Pretrained {
		all[name+".safetensors"] = "web/model/" + name + ".safetensors"
	}
	return all
}

// pages are the templates.
var pages = []string{"index.html", "404.html", "sw.js", "app.webmanifest"}

// Asset is a packed file as the page's templates and scripts see it.
type Asset struct {
	URL   string `json:"url"`
	Bytes int    `json:"bytes"`
	// Coded is how many bytes travel, by Content-Encoding.
	Coded map[string]int `json:"coded,omitempty"`
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("pack: ")
	quality := flag.Int("quality", 5, "effort of Brotli, 0 to 11; 11 is for releases")
	flag.Parse()
	if err := pack("web/dist", *quality); err != nil {
		log.Fatal(err)
	}
}

func pack(dist string, quality int) error {
	content, err := collect()
	if err != nil {
		return err
	}
	if err := clean(dist); err != nil {
		return err
	}
	variants, err := encodeAll(content, quality)
	if err != nil {
		return err
	}
	assets := map[string]Asset{}
	out := map[string]encodings{}
	for name, v := range variants {
		ext := filepath.Ext(name)
		sum := sha256.Sum256(content[name])
		hashed := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:5]) + ext
		a := Asset{URL: hashed, Bytes: len(content[name]), Coded: map[string]int{}}
		for _, e := range codings {
			if b, ok := v[e.suffix]; ok && e.suffix != "" {
				a.Coded[e.name] = len(b)
			}
		}
		assets[name], out[hashed] = a, v
	}
	build, err := buildOf(assets)
	if err != nil {
		return err
	}
	rendered := map[string][]byte{}
	for _, p := range pages {
		if rendered[p], err = render(filepath.Join("web", p), assets, build); err != nil {
			return err
		}
	}
	templates, err := encodeAll(rendered, quality)
	if err != nil {
		return err
	}
	maps.Copy(out, templates)
	return write(dist, out)
}

// buildOf names a build: another file, another template, or another text makes another name.
func buildOf(assets map[string]Asset) (string, error) {
	sum := sha256.New()
	for _, part := range []any{assets, words.Page} {
		if err := json.NewEncoder(sum).Encode(part); err != nil {
			return "", err
		}
	}
	for _, p := range pages {
		b, err := os.ReadFile(filepath.Join("web", p))
		if err != nil {
			return "", err
		}
		sum.Write(b)
	}
	return hex.EncodeToString(sum.Sum(nil)[:5]), nil
}

// collect builds the programs and reads all files.
func collect() (map[string][]byte, error) {
	content := map[string][]byte{}
	tmp, err := os.MkdirTemp("", "tenfold-pack-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	for name, pkg := range programs {
		path := filepath.Join(tmp, name)
		cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-buildvcs="+strconv.FormatBool(name == "ui.wasm"), "-o", path, pkg)
		// The first implementation of encoding/json makes the programs 1 MB smaller, and the
		// first answer does not wait for a browser to compile a hundred functions of reflection.
		cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOEXPERIMENT=simd,nojsonv2")
		cmd.Stderr = os.Stderr
		if err := cmd.Run(); err != nil {
			return nil, fmt.Errorf("go build %s: %w", pkg, err)
		}
		if content[name], err = os.ReadFile(path); err != nil {
			return nil, err
		}
	}
	if content[relaxed], _, err = relax.Rewrite(content["worker.wasm"]); err != nil {
		return nil, err
	}
	content["start.bin"] = subject.Opened(cifar10.Task.Input)
	for name, icon := range map[string]*image.RGBA{"icon-192.png": app.Icon(192, false), "icon-512.png": app.Icon(512, false), "icon-maskable.png": app.Icon(512, true)} {
		var b bytes.Buffer
		if err := png.Encode(&b, icon); err != nil {
			return nil, err
		}
		content[name] = b.Bytes()
	}
	maps.Copy(files, networks())
	for name, path := range files {
		if content[name], err = os.ReadFile(path); err != nil {
			return nil, err
		}
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	content["wasm_exec.js"], err = os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	return content, err
}

// clean removes what an earlier pack left.
func clean(dist string) error {
	old, err := filepath.Glob(filepath.Join(dist, "*.*"))
	if err != nil {
		return err
	}
	for _, path := range old {
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return nil
}

// render fills a template: {{asset "NAME"}} is a file's address, {{assets}} all of them as JSON,
// {{build}} the build's name, {{.FIELD}} a text of words.Page, and {{words}} all of those as JSON.
func render(path string, assets map[string]Asset, build string) ([]byte, error) {
	list, err := json.Marshal(assets)
	if err != nil {
		return nil, err
	}
	said, err := json.Marshal(words.Page)
	if err != nil {
		return nil, err
	}
	functions := map[string]any{
		"asset": func(name string) (string, error) {
			a, ok := assets[name]
			if !ok {
				return "", fmt.Errorf("no file is called %q", name)
			}
			return a.URL, nil
		},
		"assets":  func() template.JS { return template.JS(list) },
		"build":   func() string { return build },
		"words":   func() template.JS { return template.JS(said) },
		"network": func() string { return network.Opening },
		"json": func(s string) (string, error) {
			b, err := json.Marshal(s)
			return string(b), err
		},
	}
	var t interface{ Execute(io.Writer, any) error }
	if name := filepath.Base(path); filepath.Ext(path) == ".html" {
		t, err = template.New(name).Funcs(functions).ParseFiles(path)
	} else {
		t, err = text.New(name).Funcs(functions).ParseFiles(path)
	}
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, words.Page)
	return b.Bytes(), err
}

// codings are the ways in which a file can travel, with what its name ends in then.
var codings = []struct{ name, suffix string }{{"", ""}, {"br", ".br"}, {"gzip", ".gz"}}

// encodings are a file's bytes by suffix. One that saves nothing is left out: a model's
// weights do not compress.
type encodings map[string][]byte

// encodeAll compresses the files, one goroutine a file, and prints their sizes.
func encodeAll(content map[string][]byte, quality int) (map[string]encodings, error) {
	var g errgroup.Group
	var mu sync.Mutex
	all := map[string]encodings{}
	for name, b := range content {
		g.Go(func() error {
			v, err := encode(b, quality)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			mu.Lock()
			defer mu.Unlock()
			all[name] = v
			log.Printf("%-24s %9d bytes, brotli %8d, gzip %8d", name, len(b), len(v[".br"]), len(v[".gz"]))
			return nil
		})
	}
	return all, g.Wait()
}

func encode(b []byte, quality int) (encodings, error) {
	var br, gz bytes.Buffer
	gw, err := gzip.NewWriterLevel(&gz, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	for _, w := range []io.WriteCloser{brotli.NewWriterLevel(&br, quality), gw} {
		if _, err := w.Write(b); err != nil {
			return nil, err
		}
		if err := w.Close(); err != nil {
			return nil, err
		}
	}
	v := encodings{"": b, ".br": br.Bytes(), ".gz": gz.Bytes()}
	maps.DeleteFunc(v, func(suffix string, coded []byte) bool { return suffix != "" && len(coded) > len(b)*97/100 })
	return v, nil
}

// write writes the files.
func write(dist string, out map[string]encodings) error {
	for name, v := range out {
		for suffix, b := range v {
			if err := os.WriteFile(filepath.Join(dist, name+suffix), b, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}
