package app_test

import (
	"testing"

	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/desk"
)

func TestOpens(t *testing.T) {
	for _, size := range [][2]float64{{390, 844}, {1280, 800}} {
		b := apptest.Open(t, size[0], size[1], false)
		for _, v := range app.Views() {
			b.Press(app.ButtonOf(v))
			if b.Hash != v && v != desk.Classify {
				t.Errorf("the address of %s is %q", v, b.Hash)
			}
			b.Render()
		}
		b.Shot("app")
	}
}
