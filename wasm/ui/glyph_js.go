package main

import (
	"fmt"
	"image"
	"math"

	"tenfold/wasm/browser"
	"tenfold/wasm/ui/paint"
)

// foreignGlyph has the browser, which has fonts for all scripts, draw a character.
func foreignGlyph(r rune, px float64, weight paint.Weight) (mask *image.Alpha, offset image.Point, advance float64) {
	family, bold := "sans-serif", 400
	switch weight {
	case paint.Medium:
		bold = 500
	case paint.Bold:
		bold = 700
	case paint.Mono:
		family = "monospace"
	}
	side := int(math.Ceil(3 * px)) // some letters of some scripts are wide or reach far down
	err := browser.Try(func() {
		context := newCanvas(side, side)
		context.Set("font", fmt.Sprintf("%d %.2fpx %s", bold, px, family))
		text := string(r)
		advance = context.Call("measureText", text).Get("width").Float()
		context.Call("fillText", text, side/3, 2*side/3)
		pixels := browser.Bytes(context.Call("getImageData", 0, 0, side, side).Get("data").Get("buffer"))
		if !browser.Honest(newCanvas(browser.ProbeSide, browser.ProbeSide)) {
			return
		}
		mask = image.NewAlpha(image.Rect(0, 0, side, side))
		for i := range mask.Pix {
			mask.Pix[i] = pixels[4*i+3]
		}
	})
	if err != nil {
		return nil, image.Point{}, 0
	}
	return mask, image.Pt(-(side / 3), -(2 * side / 3)), advance
}
