package drafting

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"strings"

	"tenfold/nn/checkpoint"
	"tenfold/wasm/protocol"
)

// paged answers an ExportPage: a folder, as a .zip, that classifies from any host of files, and from
// no host at all. What it is made of is in web/classifier.
func paged(c protocol.ExportPage) (protocol.Event, error) {
	net, err := opened(c.Model)
	if err != nil {
		return nil, err
	}
	net.Report, net.History, net.Moments = nil, nil, nil // which an answer does not need
	f, err := net.File()
	if err != nil {
		return nil, err
	}
	network, err := f.Encode(checkpoint.F16)
	if err != nil {
		return nil, err
	}
	page := strings.ReplaceAll(string(c.Kit[protocol.KitPage]), "{{.}}", html.EscapeString(c.Title)) // html/template makes the program half as large again
	program, err := squeezed(c.Kit[protocol.KitProgram])
	if err != nil {
		return nil, err
	}
	texts, err := json.Marshal(map[string]string{"exec": string(c.Kit[protocol.KitExec]), "worker": string(c.Kit[protocol.KitWorker])})
	if err != nil {
		return nil, fmt.Errorf("drafting: %w", err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, file := range []struct {
		name    string
		content []byte
	}{
		{"index.html", []byte(page)},
		{"page.js", c.Kit[protocol.KitScript]},
		{"program.js", fmt.Appendf(nil, "const exported = %s;\nexported.program = %q;\n", texts, base64.StdEncoding.EncodeToString(program))},
		{"network.js", fmt.Appendf(nil, "exported.network = %q;\n", base64.StdEncoding.EncodeToString(network))},
		{"README.txt", []byte(readme)},
	} {
		w, err := z.Create(file.name)
		if err == nil {
			_, err = w.Write(file.content)
		}
		if err != nil {
			return nil, fmt.Errorf("drafting: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("drafting: %w", err)
	}
	return protocol.PageExported{ID: c.ID, File: out.Bytes()}, nil
}

// readme is what the folder says of itself.
const readme = `A page that classifies pictures with a network that was trained in Tenfold.

Unpack this folder and open index.html in a browser, from a USB stick too, or put the folder on
any web host. It needs no internet connection and sends nothing anywhere. The camera works over
https, on this computer's own server, and in browsers that allow it for files.

index.html, page.js  what is seen
program.js           the program that computes
network.js           the network
`

// squeezed returns a program as gzip.
func squeezed(program []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err == nil {
		_, err = w.Write(program)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("drafting: %w", err)
	}
	return b.Bytes(), nil
}
