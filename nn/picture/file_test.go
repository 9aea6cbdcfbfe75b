package picture

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
)

func TestKindOf(t *testing.T) {
	const record = 3073
	records := make([]byte, 22*record)
	tar := make([]byte, 1024)
	copy(tar[257:], "ustar")
	for name, c := range map[string]struct {
		b    []byte
		want Kind
	}{
		"JPEG": {[]byte("\xff\xd8\xff\xe0"), Image}, "HEIC": {[]byte("\x00\x00\x00\x18ftypheic\x00\x00"), HEIC}, "AVIF": {[]byte("\x00\x00\x00\x18ftypavif"), Image},
		"SVG": {[]byte("\ufeff<?xml version='1.0'?>\n<!-- <html> --><svg width='1'>"), Vector}, "SVG alone": {[]byte(" <SVG>"), Vector},
		"a page": {[]byte("<!DOCTYPE html><svg>"), WebPage}, "an old page": {[]byte("<!-- x --><HTML>"), WebPage},
		"weights": {[]byte("\x10\x00\x00\x00\x00\x00\x00\x00{\"a\":1}"), Weights}, "gzip": {[]byte("\x1f\x8b\x08"), Data}, "zip": {[]byte("PK\x03\x04"), Data},
		"HDF5": {[]byte("\x89HDF\r\n\x1a\n"), Weights}, "keras": {append([]byte("PK\x03\x04"), append(make([]byte, 26), "metadata.json"...)...), Weights},
		"tar": {tar, Data}, "pickle": {[]byte("\x80\x02}q"), Data}, "records": {records[:2*record], Data}, "many": {records[:HeadBytes], Data},
		"text": {[]byte("hello"), Unknown}, "nothing": {nil, Unknown}, "zeros": {records[:100], Unknown},
	} {
		if got := KindOf(c.b[:min(len(c.b), HeadBytes)], len(c.b), record); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

// encoded returns a picture in three formats.
func encoded(t testing.TB) map[string][]byte {
	t.Helper()
	img := image.NewPaletted(image.Rect(0, 0, 120, 90), color.Palette{color.White, color.Black, color.RGBA{200, 20, 20, 255}})
	for i := range img.Pix {
		img.Pix[i] = byte(i * i / 77 % 3)
	}
	all := map[string][]byte{}
	for name, encode := range map[string]func(*bytes.Buffer) error{
		"JPEG": func(b *bytes.Buffer) error { return jpeg.Encode(b, img, nil) },
		"PNG":  func(b *bytes.Buffer) error { return png.Encode(b, img) },
		"GIF":  func(b *bytes.Buffer) error { return gif.Encode(b, img, nil) },
	} {
		var b bytes.Buffer
		if err := encode(&b); err != nil {
			t.Fatal(err)
		}
		all[name] = b.Bytes()
	}
	webp := append([]byte("RIFF\x00\x00\x00\x00WEBPVP8L"), make([]byte, 500)...)
	binary.LittleEndian.PutUint32(webp[4:], uint32(len(webp)-8))
	all["WebP"] = webp
	return all
}

// TestCut cuts pictures at every byte.
func TestCut(t *testing.T) {
	// What must not be taken for the end: a small picture in the EXIF data.
	small := encoded(t)["JPEG"]
	exif := append([]byte{0xff, 0xe1, byte((len(small) + 2) >> 8), byte(len(small) + 2)}, small...)
	all := encoded(t)
	all["JPEG with a thumbnail"] = append(append([]byte{0xff, 0xd8}, exif...), small[2:]...)
	for name, b := range all {
		if Cut(b) || Cut(append(bytes.Clone(b), "and a film behind it"...)) {
			t.Errorf("%s: the whole is cut", name)
		}
		need := len(b)
		switch name {
		case "GIF":
			need-- // the trailer is missed by nobody
		case "PNG":
			need -= 4 // nor is the sum of an empty chunk; but a chunk has twelve bytes
			need += 4
		}
		for n := 16; n < need; n++ {
			if !Cut(b[:n]) {
				t.Fatalf("%s: %d of %d bytes are no cut", name, n, len(b))
			}
		}
	}
	if Cut([]byte("text")) || Cut(nil) {
		t.Error("what is no picture is cut")
	}
}

func TestFrame(t *testing.T) {
	for _, c := range []struct {
		width, height, box string
		w, h               int
		want               string
	}{
		{"100", "300", "", 341, 1024, "0 0 100 300"},
		{"100px", "300px", "0 0 10 30", 341, 1024, "0 0 10 30"},
		{"1e6", "500000", "", 1024, 512, "0 0 1e+06 500000"},
		{"210mm", "297mm", "0 0 210 297", 724, 1024, "0 0 210 297"},
		{"", "", "0,0,40,20", 1024, 512, "0,0,40,20"},
		{"100%", "100%", "0 0 20 40", 512, 1024, "0 0 20 40"},
		{"10", "", "0 0 20 40", 512, 1024, "0 0 20 40"},
		{"auto", "8in", "0 0 20 40", 512, 1024, "0 0 20 40"},
		{"", "", "", 1024, 1024, ""},
		{"-5", "0", "0 0 0 0", 1024, 1024, "0 0 0 0"},
		{"NaN", "Inf", "a b c d", 1024, 1024, "a b c d"},
		{"1", "1000000", "", 1, 1024, "0 0 1 1e+06"},
	} {
		if w, h, box := Frame(c.width, c.height, c.box); w != c.w || h != c.h || box != c.want {
			t.Errorf("%q x %q, %q: %d x %d, %q; want %d x %d, %q", c.width, c.height, c.box, w, h, box, c.w, c.h, c.want)
		}
	}
}

func TestSized(t *testing.T) {
	for text, want := range map[string]string{
		`<svg xmlns="x" width="100" height="300"><rect/></svg>`:                           `<svg width="341" height="1024" viewBox="0 0 100 300" xmlns="x"><rect/></svg>`,
		`<?xml?><!-- <svg width="1"> --><SVG viewBox='0 0 4 2' title="a > b"/>`:           `<?xml?><!-- <svg width="1"> --><SVG width="1024" height="512" viewBox="0 0 4 2" title="a > b"/>`,
		"<svg\n width = '1000000'\n height='1000000' viewBox='0 0 9 9' stroke-width='3'>": "<svg width=\"1024\" height=\"1024\" viewBox=\"0 0 9 9\"\n\n stroke-width='3'>",
		`<svg><svg width="3" height="3"/></svg>`:                                          `<svg width="1024" height="1024"><svg width="3" height="3"/></svg>`,
		`<svg viewBox="&quot;<x">`:                                                        `<svg width="1024" height="1024" viewBox="&#34;&lt;x">`,
		`no picture`:                                                                      `no picture`,
	} {
		if got, w, h := Sized(text); got != want || max(w, h) != MaxSide {
			t.Errorf("%s becomes %s (%d x %d), want %s", text, got, w, h, want)
		}
	}
}

func TestDragged(t *testing.T) {
	jpg := encoded(t)["JPEG"]
	data := "data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(jpg)
	for name, c := range map[string]struct {
		markup, addresses string
		want              []byte
		elsewhere         bool
	}{
		"an img":         {`<meta charset="utf-8"><a href=x><img alt="a > b" class=x src="` + data + `"></a>`, "", jpg, false},
		"single quotes":  {`<IMG SRC='` + data + `'>`, "https://example.org/", jpg, false},
		"an address":     {"", "# a comment\r\n" + data + "\r\n", jpg, false},
		"not base64":     {"", "data:image/svg+xml;charset=utf-8,%3Csvg%20/%3E", []byte("<svg />"), false},
		"escaped":        {`<img src="data:image/svg+xml,&lt;svg/&gt;">`, "", []byte("<svg/>"), false},
		"elsewhere":      {`<img src="https://example.org/a.png?b=1&amp;c=2">`, "", nil, true},
		"of a site":      {`<img src="//example.org/a.png">`, "", nil, true},
		"a link":         {"", "https://example.org/a.png", nil, true},
		"text":           {"<p>hello</p>", "hello", nil, false},
		"no picture":     {"", "data:text/html,<script>", nil, false},
		"damaged":        {"", "data:image/png;base64,!!!", nil, false},
		"nothing at all": {},
	} {
		got, elsewhere := Dragged(c.markup, c.addresses)
		if !bytes.Equal(got, c.want) || elsewhere != c.elsewhere {
			t.Errorf("%s: %d bytes, elsewhere %v; want %d, %v", name, len(got), elsewhere, len(c.want), c.elsewhere)
		}
	}
}

// FuzzFile reads any bytes in all the ways that a file is looked at.
func FuzzFile(f *testing.F) {
	for _, b := range encoded(f) {
		f.Add(b, "")
	}
	f.Add([]byte("<svg width='1e9'>"), `<img src="data:image/png;base64,AAAA">`)
	f.Fuzz(func(t *testing.T, b []byte, text string) {
		KindOf(b, len(b), 3073)
		Cut(b)
		if s, w, h := Sized(text); w < 1 || h < 1 || len(s) < len(text)-200-len(text)/2 && !strings.Contains(s, "svg") {
			t.Errorf("%q: %d x %d, %q", text, w, h, s)
		}
		Dragged(text, string(b))
		if w, h, _ := Frame(text, string(b), text); w < 1 || h < 1 || max(w, h) != MaxSide {
			t.Errorf("%q x %q: %d x %d", text, b, w, h)
		}
		if whole := append([]byte("\xff\xd8\xff\xd9"), b...); strings.HasPrefix(string(b), "\xff\xd9") && Cut(whole) {
			t.Error("what has its end is cut")
		}
	})
}
