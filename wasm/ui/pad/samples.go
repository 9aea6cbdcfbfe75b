package pad

import (
	"image/color"
	"math"
)

// Sample is a drawing of this project's own.
type Sample struct {
	Class string // what it is meant to be
	Marks func() []Mark
}

// Samples are the sample drawings, one a class, in the order of the classes.
var Samples = []Sample{
	{"airplane", airplane}, {"automobile", automobile}, {"bird", bird}, {"cat", cat}, {"deer", deer},
	{"dog", dog}, {"frog", frog}, {"horse", horse}, {"ship", ship}, {"truck", truck},
}

// The samples' colours.
var (
	sky    = color.RGBA{158, 200, 236, 255}
	pale   = color.RGBA{214, 228, 238, 255}
	sea    = color.RGBA{44, 92, 132, 255}
	grass  = color.RGBA{110, 138, 74, 255}
	wood   = color.RGBA{66, 88, 52, 255}
	road   = color.RGBA{126, 126, 128, 255}
	black  = color.RGBA{28, 28, 32, 255}
	white  = color.RGBA{246, 246, 246, 255}
	grey   = color.RGBA{176, 180, 186, 255}
	dim    = color.RGBA{120, 124, 132, 255}
	red    = color.RGBA{188, 38, 36, 255}
	brown  = color.RGBA{122, 78, 46, 255}
	tan    = color.RGBA{172, 124, 78, 255}
	cream  = color.RGBA{228, 206, 172, 255}
	leaf   = color.RGBA{96, 142, 52, 255}
	dark   = color.RGBA{64, 92, 38, 255}
	moss   = color.RGBA{72, 76, 40, 255}
	olive  = color.RGBA{112, 116, 58, 255}
	glass  = color.RGBA{70, 92, 112, 255}
	pink   = color.RGBA{214, 150, 146, 255}
	carpet = color.RGBA{150, 118, 100, 255}
	soil   = color.RGBA{140, 112, 82, 255}
)

// area returns a polygon of x, y pairs.
func area(c color.RGBA, xy ...float64) Area { return Area{points(xy), c} }

// line returns a stroke through x, y pairs.
func line(c color.RGBA, width float64, xy ...float64) Stroke { return Stroke{points(xy), width, c} }

func points(xy []float64) []Point {
	var pts []Point
	for i := 0; i+1 < len(xy); i += 2 {
		pts = append(pts, Point{xy[i], xy[i+1]})
	}
	return pts
}

// oval returns an ellipse, turned by an angle in degrees.
func oval(c color.RGBA, x, y, rx, ry, angle float64) Area {
	const n = 40
	a := Area{Color: c}
	sin, cos := math.Sincos(angle * math.Pi / 180)
	for i := range n {
		s, k := math.Sincos(2 * math.Pi * float64(i) / n)
		a.Points = append(a.Points, Point{x + rx*k*cos - ry*s*sin, y + rx*k*sin + ry*s*cos})
	}
	return a
}

func airplane() []Mark {
	return []Mark{
		Wipe{sky},
		oval(pale, 0.2, 0.82, 0.28, 0.08, 0), oval(pale, 0.8, 0.88, 0.3, 0.07, 0),
		area(dim, 0.46, 0.47, 0.62, 0.2, 0.7, 0.2, 0.62, 0.47),   // far wing
		area(grey, 0.86, 0.42, 0.95, 0.2, 0.89, 0.2, 0.76, 0.43), // fin
		area(white, 0.05, 0.52, 0.1, 0.46, 0.2, 0.43, 0.86, 0.41, 0.95, 0.44, 0.84, 0.51, 0.3, 0.57, 0.12, 0.57),
		area(grey, 0.12, 0.57, 0.3, 0.57, 0.84, 0.51, 0.95, 0.44, 0.8, 0.5, 0.3, 0.545, 0.08, 0.54),
		area(grey, 0.4, 0.52, 0.66, 0.5, 0.8, 0.76, 0.71, 0.77),   // near wing
		area(dim, 0.81, 0.46, 0.91, 0.44, 0.97, 0.53, 0.92, 0.54), // tailplane
		oval(dim, 0.56, 0.63, 0.06, 0.025, 10),
		line(glass, 0.022, 0.1, 0.485, 0.15, 0.475), line(dim, 0.012, 0.25, 0.48, 0.75, 0.455),
	}
}

func automobile() []Mark {
	return []Mark{
		Wipe{pale}, area(road, 0, 0.62, 1, 0.62, 1, 1, 0, 1),
		oval(black, 0.5, 0.8, 0.44, 0.05, 0),
		area(red, 0.05, 0.72, 0.06, 0.55, 0.14, 0.5, 0.28, 0.47, 0.38, 0.32, 0.66, 0.31, 0.8, 0.47, 0.93, 0.52, 0.96, 0.72),
		area(glass, 0.33, 0.47, 0.41, 0.36, 0.51, 0.355, 0.51, 0.47), area(glass, 0.54, 0.47, 0.54, 0.355, 0.64, 0.355, 0.74, 0.47),
		line(black, 0.012, 0.525, 0.36, 0.525, 0.7), line(color.RGBA{140, 24, 24, 255}, 0.02, 0.06, 0.62, 0.95, 0.62),
		oval(black, 0.25, 0.73, 0.1, 0.1, 0), oval(grey, 0.25, 0.73, 0.05, 0.05, 0),
		oval(black, 0.76, 0.73, 0.1, 0.1, 0), oval(grey, 0.76, 0.73, 0.05, 0.05, 0),
		oval(white, 0.085, 0.57, 0.03, 0.025, 0), oval(color.RGBA{250, 190, 80, 255}, 0.94, 0.57, 0.02, 0.03, 0),
	}
}

func bird() []Mark {
	return []Mark{
		Wipe{grass}, oval(wood, 0.15, 0.2, 0.3, 0.2, 20), oval(leaf, 0.85, 0.85, 0.35, 0.2, -10),
		line(brown, 0.05, -0.05, 0.84, 0.4, 0.8, 1.05, 0.88),
		area(dim, 0.7, 0.58, 0.97, 0.7, 0.9, 0.78, 0.62, 0.7), // tail
		oval(tan, 0.5, 0.56, 0.25, 0.18, 18), oval(cream, 0.44, 0.62, 0.18, 0.12, 18),
		oval(brown, 0.3, 0.36, 0.13, 0.12, 0),
		oval(brown, 0.57, 0.54, 0.2, 0.1, 24), line(black, 0.012, 0.45, 0.52, 0.7, 0.64),
		area(color.RGBA{222, 150, 50, 255}, 0.06, 0.38, 0.19, 0.32, 0.19, 0.41),
		oval(black, 0.26, 0.34, 0.024, 0.024, 0), oval(white, 0.253, 0.333, 0.008, 0.008, 0),
		line(black, 0.018, 0.44, 0.72, 0.43, 0.81), line(black, 0.018, 0.53, 0.73, 0.54, 0.82),
	}
}

func cat() []Mark {
	return []Mark{
		Wipe{carpet}, area(cream, 0, 0, 1, 0, 1, 0.3, 0, 0.34),
		oval(dim, 0.52, 0.95, 0.34, 0.3, 0),
		area(dim, 0.2, 0.4, 0.2, 0.08, 0.45, 0.26), area(dim, 0.8, 0.4, 0.8, 0.08, 0.55, 0.26),
		area(pink, 0.25, 0.32, 0.25, 0.17, 0.37, 0.27), area(pink, 0.75, 0.32, 0.75, 0.17, 0.63, 0.27),
		oval(grey, 0.5, 0.5, 0.33, 0.29, 0),
		line(dim, 0.03, 0.5, 0.23, 0.5, 0.36), line(dim, 0.03, 0.4, 0.25, 0.42, 0.36), line(dim, 0.03, 0.6, 0.25, 0.58, 0.36),
		line(dim, 0.025, 0.19, 0.52, 0.28, 0.54), line(dim, 0.025, 0.81, 0.52, 0.72, 0.54),
		oval(white, 0.5, 0.66, 0.15, 0.1, 0),
		oval(color.RGBA{190, 200, 90, 255}, 0.36, 0.48, 0.075, 0.06, 0), oval(color.RGBA{190, 200, 90, 255}, 0.64, 0.48, 0.075, 0.06, 0),
		oval(black, 0.36, 0.48, 0.025, 0.055, 0), oval(black, 0.64, 0.48, 0.025, 0.055, 0),
		area(pink, 0.45, 0.59, 0.55, 0.59, 0.5, 0.65), line(black, 0.014, 0.5, 0.65, 0.5, 0.7, 0.42, 0.72), line(black, 0.014, 0.5, 0.7, 0.58, 0.72),
		line(white, 0.01, 0.38, 0.66, 0.08, 0.6), line(white, 0.01, 0.38, 0.69, 0.08, 0.72), line(white, 0.01, 0.62, 0.66, 0.92, 0.6), line(white, 0.01, 0.62, 0.69, 0.92, 0.72),
	}
}

func deer() []Mark {
	return []Mark{
		Wipe{grass}, area(wood, 0, 0, 1, 0, 1, 0.3, 0, 0.36), line(dark, 0.06, 0.88, 0, 0.88, 0.4), line(dark, 0.05, 0.1, 0, 0.1, 0.4),
		line(brown, 0.045, 0.42, 0.62, 0.41, 0.95), line(brown, 0.045, 0.5, 0.64, 0.51, 0.95), line(brown, 0.045, 0.74, 0.62, 0.72, 0.95), line(brown, 0.045, 0.81, 0.6, 0.83, 0.95),
		oval(tan, 0.6, 0.55, 0.26, 0.13, -4), area(tan, 0.36, 0.58, 0.24, 0.3, 0.34, 0.26, 0.52, 0.48),
		oval(tan, 0.25, 0.29, 0.1, 0.065, -20), oval(brown, 0.16, 0.325, 0.03, 0.03, 0), oval(black, 0.25, 0.265, 0.014, 0.014, 0),
		oval(tan, 0.36, 0.23, 0.06, 0.025, -30), oval(white, 0.84, 0.5, 0.035, 0.055, 20), oval(cream, 0.58, 0.65, 0.2, 0.04, 0),
		line(brown, 0.022, 0.29, 0.23, 0.25, 0.12, 0.3, 0.03), line(brown, 0.022, 0.255, 0.14, 0.18, 0.06), line(brown, 0.022, 0.32, 0.22, 0.39, 0.12, 0.38, 0.02), line(brown, 0.022, 0.38, 0.13, 0.46, 0.07),
	}
}

func dog() []Mark {
	return []Mark{
		Wipe{cream}, area(leaf, 0, 0.78, 1, 0.74, 1, 1, 0, 1),
		oval(brown, 0.52, 0.98, 0.33, 0.3, 0), oval(white, 0.5, 0.95, 0.14, 0.2, 0),
		oval(tan, 0.5, 0.42, 0.27, 0.3, 0),
		area(brown, 0.3, 0.17, 0.16, 0.22, 0.1, 0.5, 0.19, 0.62, 0.27, 0.4), area(brown, 0.7, 0.17, 0.84, 0.22, 0.9, 0.5, 0.81, 0.62, 0.73, 0.4),
		area(white, 0.46, 0.12, 0.54, 0.12, 0.56, 0.5, 0.44, 0.5), oval(white, 0.5, 0.58, 0.17, 0.16, 0),
		oval(black, 0.5, 0.51, 0.065, 0.045, 0), line(black, 0.014, 0.5, 0.55, 0.5, 0.63, 0.41, 0.66), line(black, 0.014, 0.5, 0.63, 0.59, 0.66),
		area(color.RGBA{220, 110, 120, 255}, 0.46, 0.66, 0.54, 0.66, 0.54, 0.76, 0.5, 0.79, 0.46, 0.76),
		oval(black, 0.38, 0.36, 0.04, 0.04, 0), oval(black, 0.62, 0.36, 0.04, 0.04, 0), oval(white, 0.37, 0.35, 0.012, 0.012, 0), oval(white, 0.61, 0.35, 0.012, 0.012, 0),
		line(red, 0.05, 0.3, 0.76, 0.5, 0.82, 0.7, 0.76),
	}
}

func frog() []Mark {
	return []Mark{
		Wipe{soil}, oval(brown, 0.15, 0.12, 0.3, 0.12, 10), oval(tan, 0.85, 0.16, 0.25, 0.08, -10), oval(brown, 0.5, 0.93, 0.6, 0.12, 0),
		oval(moss, 0.2, 0.72, 0.17, 0.13, -30), oval(moss, 0.8, 0.72, 0.17, 0.13, 30),
		oval(olive, 0.5, 0.6, 0.32, 0.25, 0), oval(tan, 0.5, 0.72, 0.2, 0.11, 0),
		oval(olive, 0.5, 0.43, 0.27, 0.16, 0), oval(olive, 0.33, 0.3, 0.09, 0.09, 0), oval(olive, 0.67, 0.3, 0.09, 0.09, 0),
		oval(color.RGBA{222, 186, 80, 255}, 0.33, 0.29, 0.055, 0.055, 0), oval(color.RGBA{222, 186, 80, 255}, 0.67, 0.29, 0.055, 0.055, 0),
		oval(black, 0.33, 0.29, 0.04, 0.022, 0), oval(black, 0.67, 0.29, 0.04, 0.022, 0),
		line(moss, 0.02, 0.27, 0.47, 0.5, 0.54, 0.73, 0.47), oval(moss, 0.4, 0.62, 0.04, 0.03, 0), oval(moss, 0.62, 0.6, 0.05, 0.03, 0), oval(moss, 0.5, 0.38, 0.04, 0.025, 0),
		line(olive, 0.06, 0.33, 0.72, 0.26, 0.88), line(olive, 0.06, 0.67, 0.72, 0.74, 0.88),
	}
}

func horse() []Mark {
	return []Mark{
		Wipe{sky}, area(grass, 0, 0.6, 1, 0.56, 1, 1, 0, 1), oval(wood, 0.8, 0.54, 0.3, 0.08, 0),
		line(brown, 0.055, 0.36, 0.58, 0.35, 0.92), line(brown, 0.055, 0.45, 0.6, 0.47, 0.92), line(brown, 0.06, 0.74, 0.58, 0.7, 0.92), line(brown, 0.06, 0.81, 0.56, 0.84, 0.92),
		oval(brown, 0.58, 0.5, 0.28, 0.15, 0), area(brown, 0.31, 0.56, 0.2, 0.2, 0.33, 0.16, 0.52, 0.42),
		area(brown, 0.33, 0.14, 0.2, 0.13, 0.05, 0.3, 0.1, 0.37, 0.25, 0.31),
		area(black, 0.29, 0.12, 0.37, 0.15, 0.52, 0.4, 0.44, 0.4, 0.34, 0.24), area(brown, 0.27, 0.14, 0.29, 0.05, 0.34, 0.14),
		line(black, 0.06, 0.85, 0.45, 0.93, 0.55, 0.92, 0.74), oval(black, 0.2, 0.2, 0.014, 0.014, 0), line(black, 0.012, 0.07, 0.34, 0.13, 0.33),
		line(black, 0.06, 0.35, 0.91, 0.35, 0.94), line(black, 0.06, 0.47, 0.91, 0.47, 0.94), line(black, 0.06, 0.7, 0.91, 0.7, 0.94), line(black, 0.06, 0.84, 0.91, 0.84, 0.94),
	}
}

func ship() []Mark {
	return []Mark{
		Wipe{sky}, oval(pale, 0.75, 0.15, 0.25, 0.06, 0), area(sea, 0, 0.66, 1, 0.66, 1, 1, 0, 1),
		area(white, 0.3, 0.52, 0.3, 0.4, 0.74, 0.4, 0.74, 0.52), area(grey, 0.42, 0.4, 0.42, 0.29, 0.62, 0.29, 0.62, 0.4),
		area(red, 0.5, 0.29, 0.5, 0.14, 0.58, 0.14, 0.58, 0.29), line(black, 0.02, 0.5, 0.15, 0.58, 0.15),
		line(glass, 0.022, 0.34, 0.46, 0.7, 0.46), line(dim, 0.014, 0.24, 0.52, 0.24, 0.2), line(dim, 0.014, 0.82, 0.52, 0.82, 0.28),
		area(black, 0.05, 0.51, 0.95, 0.51, 0.86, 0.72, 0.15, 0.72), area(red, 0.12, 0.66, 0.885, 0.66, 0.86, 0.72, 0.15, 0.72),
		line(color.RGBA{110, 154, 186, 255}, 0.02, 0, 0.74, 0.2, 0.72, 0.4, 0.75, 0.6, 0.72, 0.8, 0.75, 1, 0.73),
		line(color.RGBA{80, 128, 164, 255}, 0.018, 0.1, 0.86, 0.3, 0.84, 0.5, 0.87), line(color.RGBA{80, 128, 164, 255}, 0.018, 0.6, 0.92, 0.8, 0.9, 0.95, 0.93),
	}
}

func truck() []Mark {
	return []Mark{
		Wipe{pale}, area(road, 0, 0.7, 1, 0.7, 1, 1, 0, 1), oval(black, 0.5, 0.87, 0.46, 0.04, 0),
		area(white, 0.36, 0.76, 0.36, 0.2, 0.97, 0.2, 0.97, 0.76), area(grey, 0.36, 0.26, 0.36, 0.2, 0.97, 0.2, 0.97, 0.26),
		area(sea, 0.03, 0.8, 0.04, 0.55, 0.12, 0.36, 0.34, 0.36, 0.34, 0.8), area(glass, 0.085, 0.55, 0.15, 0.41, 0.28, 0.41, 0.28, 0.55),
		area(black, 0.3, 0.76, 0.97, 0.76, 0.97, 0.81, 0.3, 0.81), oval(white, 0.055, 0.68, 0.02, 0.025, 0),
		oval(black, 0.17, 0.81, 0.085, 0.085, 0), oval(grey, 0.17, 0.81, 0.04, 0.04, 0),
		oval(black, 0.68, 0.81, 0.085, 0.085, 0), oval(grey, 0.68, 0.81, 0.04, 0.04, 0), oval(black, 0.87, 0.81, 0.085, 0.085, 0), oval(grey, 0.87, 0.81, 0.04, 0.04, 0),
		line(grey, 0.012, 0.5, 0.28, 0.5, 0.74), line(grey, 0.012, 0.66, 0.28, 0.66, 0.74), line(grey, 0.012, 0.82, 0.28, 0.82, 0.74),
	}
}
