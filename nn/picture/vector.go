package picture

import (
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// Frame tells how to draw a vector picture whose root has the given width, height and viewBox,
// each "" if it has none: how large, so that the longer side is MaxSide and the shape is
// its own, however large it says that it is; and with which viewBox, so that all of it is
// drawn. Where it says no size it is a square.
func Frame(width, height, viewBox string) (w, h int, box string) {
	wide, okW := pixelsOf(width)
	high, okH := pixelsOf(height)
	var v [4]float64
	fields := strings.FieldsFunc(viewBox, func(r rune) bool { return r == ' ' || r == ',' || r == '\t' || r == '\n' || r == '\r' })
	boxed := len(fields) == 4
	for i := range v {
		if boxed {
			var err error
			v[i], err = strconv.ParseFloat(fields[i], 64)
			boxed = err == nil
		}
	}
	boxed = boxed && reasonable(v[2]) && reasonable(v[3])
	switch {
	case boxed && okW && !okH:
		high, okH = wide*v[3]/v[2], true
	case boxed && okH && !okW:
		wide, okW = high*v[2]/v[3], true
	case boxed && !okW:
		wide, high, okW, okH = v[2], v[3], true, true
	}
	if !okW || !okH || !reasonable(wide) || !reasonable(high) {
		return MaxSide, MaxSide, viewBox
	}
	if !boxed {
		viewBox = fmt.Sprintf("0 0 %g %g", wide, high)
	}
	k := MaxSide / max(wide, high)
	return max(int(wide*k+0.5), 1), max(int(high*k+0.5), 1), viewBox
}

// reasonable reports whether a length can be that of a picture.
func reasonable(v float64) bool { return v > 1e-6 && v < 1e12 }

// units are the absolute lengths of CSS, in pixels: https://www.w3.org/TR/css-values-3/#absolute-lengths.
var units = []struct {
	name   string
	pixels float64
}{{"px", 1}, {"pt", 4. / 3}, {"pc", 16}, {"mm", 96 / 25.4}, {"cm", 96 / 2.54}, {"in", 96}, {"em", 16}, {"ex", 8}, {"", 1}}

// pixelsOf reads a length; ok is false for a share of what is not known, and for none.
func pixelsOf(text string) (v float64, ok bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	for _, u := range units {
		if number, is := strings.CutSuffix(text, u.name); is {
			v, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
			if err != nil {
				return 0, false
			}
			return v * u.pixels, reasonable(v * u.pixels)
		}
	}
	return 0, false
}

// root matches the beginning of an SVG's root element, after comments, which it matches too.
var root = regexp.MustCompile(`(?is)<!--.*?-->|<(?:\w+:)?svg\b(?:[^>"']|"[^"]*"|'[^']*')*>`)

// attribute matches one of the root's that say how large it is.
var attribute = regexp.MustCompile(`(?s)\s(width|height|viewBox)\s*=\s*("[^"]*"|'[^']*')`)

// Sized returns an SVG whose root has the size that Frame gives it instead of its own.
func Sized(text string) (sized string, w, h int) {
	for _, at := range root.FindAllStringIndex(text, -1) {
		tag := text[at[0]:at[1]]
		if strings.HasPrefix(tag, "<!") {
			continue
		}
		said := map[string]string{}
		for _, m := range attribute.FindAllStringSubmatch(tag, -1) {
			said[m[1]] = strings.Trim(m[2], `"'`)
		}
		w, h, box := Frame(said["width"], said["height"], said["viewBox"])
		now := fmt.Sprintf(` width="%d" height="%d"`, w, h)
		if box != "" {
			now += fmt.Sprintf(` viewBox="%s"`, html.EscapeString(html.UnescapeString(box)))
		}
		tag = attribute.ReplaceAllString(tag, "")
		name := strings.IndexFunc(tag, func(r rune) bool { return r == '>' || r == '/' || unicode.IsSpace(r) })
		return text[:at[0]] + tag[:name] + now + tag[name:] + text[at[1]:], w, h
	}
	return text, MaxSide, MaxSide
}
