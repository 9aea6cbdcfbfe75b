package main

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"tenfold/server/static"
)

// opening is where the page says with which network it opens.
var opening = regexp.MustCompile(`data-network="[^"]*"`)

// openWith makes the page open with a pretrained network, by its name.
func openWith(page *static.Handler, dist fs.FS, name string) error {
	files, err := fs.Glob(dist, "*.safetensors")
	if err != nil {
		return err
	}
	var names []string
	for _, f := range files {
		known, _, _ := strings.Cut(f, ".")
		names = append(names, known)
	}
	if !slices.Contains(names, name) {
		return fmt.Errorf("-model %q: the page has %s", name, strings.Join(names, " and "))
	}
	html, err := fs.ReadFile(dist, "index.html")
	if err != nil {
		return err
	}
	if !opening.Match(html) {
		return fmt.Errorf("-model: the page does not say with which network it opens")
	}
	page.Replace("index.html", opening.ReplaceAll(html, []byte(`data-network="`+name+`"`)))
	return nil
}
