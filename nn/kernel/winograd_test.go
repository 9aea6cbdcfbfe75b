//go:build goexperiment.simd && (amd64 || arm64 || wasm)

package kernel

import "testing"

// TestTilesRefuseToReachOutside gives the transforms slices that are too short.
func TestTilesRefuseToReachOutside(t *testing.T) {
	tiles := NewTiles(8, 4, 6, 16)
	places, padded, picture := make([]float32, tiles.Size()), make([]float32, 10*6*16), make([]float32, 8*6*16)
	tiles.Input(places, padded)
	for name, f := range map[string]func(){
		"input":    func() { tiles.Input(places, padded[:len(padded)-1]) },
		"places":   func() { tiles.Input(places[:len(places)-17], padded) },
		"output":   func() { tiles.Output(picture[:6*6*16], places) },
		"gradient": func() { tiles.OutputGrad(places, picture[:6*6*16]) },
		"kernel":   func() { WinogradKernel(places, make([]float32, 100), 16, 16) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}
