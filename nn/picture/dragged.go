package picture

import (
	"encoding/base64"
	"html"
	"net/url"
	"regexp"
	"strings"
)

// source matches the address of the first picture in HTML.
var source = regexp.MustCompile(`(?is)<img\b(?:[^>"']|"[^"]*"|'[^']*')*?\ssrc\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)`)

// Dragged finds the picture in what is dragged or copied from another page without a file: HTML
// with an img, or addresses. One that its address contains (data:) is returned; elsewhere
// says that there is one somewhere else, which this page does not fetch.
func Dragged(markup, addresses string) (content []byte, elsewhere bool) {
	var all []string
	if m := source.FindStringSubmatch(markup); m != nil {
		all = append(all, html.UnescapeString(strings.Trim(m[1], `"'`)))
	}
	for line := range strings.Lines(addresses) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			all = append(all, line)
		}
	}
	for _, address := range all {
		scheme, rest, ok := strings.Cut(strings.TrimSpace(address), ":")
		switch scheme = strings.ToLower(scheme); {
		case ok && scheme == "data":
			if b := inline(rest); len(b) > 0 {
				return b, false
			}
		case ok && (scheme == "http" || scheme == "https" || scheme == "blob"), strings.HasPrefix(address, "//"):
			elsewhere = true
		}
	}
	return nil, elsewhere
}

// inline returns the content of a data: address behind its scheme, RFC 2397.
func inline(rest string) []byte {
	kind, text, ok := strings.Cut(rest, ",")
	if !ok || !strings.HasPrefix(strings.ToLower(kind), "image/") {
		return nil
	}
	plain, err := url.PathUnescape(text)
	if err != nil {
		return nil
	}
	if !strings.HasSuffix(strings.ToLower(kind), ";base64") {
		return []byte(plain)
	}
	plain = strings.TrimRight(strings.Join(strings.Fields(plain), ""), "=")
	b, err := base64.RawStdEncoding.DecodeString(plain)
	if err != nil {
		return nil
	}
	return b
}
