//go:build goexperiment.simd

package kernel

import "unsafe"

// The transforms of one tile are written in assembly (winograd_wasm.s): compiled Go
// takes about four times as long for them. With them the tutorial's convolutions 2 to 4
// reach 105, 136 and 151 GFLOP/s of the direct product in Chromium on a Zen 5,
// where the tiles alone give 54.

//go:noescape
func inputTile(v, x, tmp unsafe.Pointer, row, column, place uintptr, vectors int)

//go:noescape
func outputTile(y, m, tmp unsafe.Pointer, row, column, place uintptr, vectors int)

//go:noescape
func outputGradTile(m, dy, tmp unsafe.Pointer, row, column, place uintptr, vectors int)
