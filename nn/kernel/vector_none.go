//go:build !goexperiment.simd || !(amd64 || arm64 || wasm)

package kernel

// Without the simd experiment there is the plain product alone.
var vectorVariants []Variant
