package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// module is a module whose code is in one of the programs.
type module struct{ path, version, dir string }

// modules lists all of them, the standard library aside.
func modules() ([]module, error) {
	found := map[module]bool{}
	for _, p := range programs {
		platforms := platforms
		if p.page {
			platforms = []platform{{"js", "wasm"}}
		}
		for _, on := range platforms {
			out, err := run(on.env(), "go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}|{{.Version}}|{{.Dir}}{{end}}{{end}}", "./"+p.pkg)
			if err != nil {
				return nil, err
			}
			for line := range strings.Lines(string(out)) {
				if f := strings.Split(strings.TrimSpace(line), "|"); len(f) == 3 {
					found[module{f[0], f[1], f[2]}] = true
				}
			}
		}
	}
	var all []module
	for m := range found {
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b module) int { return strings.Compare(a.path, b.path) })
	return all, nil
}

// thirdParty returns the licences of all modules, and Go's own, in full, as most of them ask.
func thirdParty() ([]byte, error) {
	all, err := modules()
	if err != nil {
		return nil, err
	}
	root, err := run(nil, "go", "env", "GOROOT", "GOVERSION")
	if err != nil {
		return nil, err
	}
	f := strings.Fields(string(root))
	all = append([]module{{"Go's standard library and runtime", f[1], f[0]}}, all...)
	var b bytes.Buffer
	fmt.Fprintln(&b, "Tenfold's programs hold code of these modules, under these licences.")
	for _, m := range all {
		fmt.Fprintf(&b, "\n%s\n%s %s\n\n", strings.Repeat("=", 80), m.path, m.version)
		texts, err := licencesIn(m.dir)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.path, err)
		}
		b.Write(texts)
	}
	return b.Bytes(), nil
}

// licencesIn returns the texts of a module's licences. A module without one may not be
// given to others.
func licencesIn(dir string) ([]byte, error) {
	var b bytes.Buffer
	for _, pattern := range []string{"LICEN[CS]E*", "COPYING*", "NOTICE*", "licenses/*"} {
		paths, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return nil, err
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			b.Write(bytes.TrimSpace(text))
			b.WriteString("\n\n")
		}
	}
	if b.Len() == 0 {
		return nil, fmt.Errorf("no licence")
	}
	return b.Bytes(), nil
}
