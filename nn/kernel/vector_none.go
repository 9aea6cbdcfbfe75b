//go:build !goexperiment.simd || !(amd64 || arm64 || wasm)

package kernel

// Without the simd experiment the plain loops do everything.
var vectorVariants []Variant

func fit(n int) bool                                                { return false }
func rectifyVectors(y, x []float32, slope float32) int              { return 0 }
func biasVectors(y, bias []float32, slope float32) bool             { return false }
func rectifyGradVectors(dx, dy, x []float32, slope float32) int     { return 0 }
func addVectors(y, x []float32) int                                 { return 0 }
func addRowsVectors(sum, x []float32) bool                          { return false }
func multiplyVectors(y, x, s []float32) int                         { return 0 }
func adamaxVectors(w, m, u, g []float32, _, _, _, _ float32) int    { return 0 }
func maxVectors(y, x []float32, stride, out, channels int) bool     { return false }
func maxGradVectors(dx, dy, x, y []float32, _, _, _ int) bool       { return false }
func mixVectors(y []float32, a float32, x []float32, b float32) int { return 0 }
func affineVectors(y, x, scale, shift []float32, _ float32) bool    { return false }
func addSquaresVectors(sum, x, center []float32) bool               { return false }
func addCentredVectors(sum, a, b, center []float32) bool            { return false }
func addScaledVectors(y, x, scale []float32) bool                   { return false }
func blendVectors(dx, dy, x, a, b, c []float32) bool                { return false }

// Winograd says that there are no transforms, which are only called if it does not.
func Winograd() bool { return false }

func (t *Tiles) Input(v, x []float32)       {}
func (t *Tiles) Output(y, m []float32)      {}
func (t *Tiles) OutputGrad(m, dy []float32) {}

func WinogradKernel(u, w []float32, channels, place int)     {}
func WinogradKernelGrad(g, u []float32, channels, place int) {}
