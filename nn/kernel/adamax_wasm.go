//go:build goexperiment.simd

package kernel

import "unsafe"

//go:noescape
func adamaxStream(w, m, u, d unsafe.Pointer, vectors int, rate, beta1, rest1, beta2, epsilon float32)
