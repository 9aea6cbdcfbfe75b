package main

import (
	"image"

	"github.com/hajimehoshi/ebiten/v2"
)

// game is the page as Ebitengine sees it.
type game struct {
	*frame
	w, h float64 // of the screen, in pixels
}

func newGame(f *frame) *game {
	f.surface = func(size image.Point) surface {
		return texture{ebiten.NewImageWithOptions(image.Rectangle{Max: size}, &ebiten.NewImageOptions{Unmanaged: true})}
	}
	return &game{frame: f}
}

// texture is a surface of Ebitengine's.
type texture struct{ *ebiten.Image }

func (t texture) write(img *image.RGBA) { t.WritePixels(img.Pix) }
func (t texture) free()                 { t.Deallocate() }

// Layout implements ebiten.Game; LayoutF is used instead.
func (g *game) Layout(int, int) (int, int) { panic("LayoutF is used") }

// LayoutF tells the page its size, in CSS pixels, and makes the screen's pixels
// the device's.
func (g *game) LayoutF(w, h float64) (float64, float64) {
	scale := ebiten.Monitor().DeviceScaleFactor()
	g.resize(w, h, scale)
	if w*scale != g.w || h*scale != g.h {
		g.w, g.h, g.redraw = w*scale, h*scale, true
	}
	return w * scale, h * scale
}

// Update implements ebiten.Game.
func (g *game) Update() error {
	g.update()
	return nil
}

// Draw puts the panels together, if one of them has changed.
func (g *game) Draw(screen *ebiten.Image) {
	if !g.redraw {
		return
	}
	g.redraw = false
	screen.Fill(g.page.Background())
	g.places(func(s surface, x, y int) {
		var op ebiten.DrawImageOptions
		op.GeoM.Translate(float64(x), float64(y))
		screen.DrawImage(s.(texture).Image, &op)
	})
}
