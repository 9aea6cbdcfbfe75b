// Package web holds the page's files and, once `make build` has packed them, the
// finished ones that the server embeds.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Dist returns the packed page: index.html, 404.html, the files that they name by the
// hash of their content, and next to each its .br and .gz.
func Dist() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the folder is part of this package
	}
	return sub
}
