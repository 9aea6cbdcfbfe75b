package classify

import (
	"bytes"
	_ "embed"
	"image"
	"image/draw"
	"image/png"

	"tenfold/wasm/ui/pad"
)

// samplesPNG are small pictures of the samples beside each other, each a square. To draw them when
// the page opens takes longer than all else that it paints; TestThumbnails draws them.
//
//go:embed samples.png
var samplesPNG []byte

// thumbnails are the small pictures of the samples.
func thumbnails() []*image.RGBA {
	strip, err := png.Decode(bytes.NewReader(samplesPNG))
	if err != nil {
		panic(err) // it is our own
	}
	all := make([]*image.RGBA, len(pad.Samples))
	side := strip.Bounds().Dy()
	for i := range all {
		all[i] = image.NewRGBA(image.Rect(0, 0, side, side))
		draw.Draw(all[i], all[i].Rect, strip, image.Pt(i*side, 0), draw.Src)
	}
	return all
}
