package task

// Unsaid is what a file of another tool's does not say of a task, so that it is guessed and asked for.
type Unsaid struct {
	Classes bool // what the classes are called
	Scaling bool // how bytes become numbers
}

// Any reports whether there is anything to ask.
func (u Unsaid) Any() bool { return u.Classes || u.Scaling }

// Scaling is a way in which a picture's bytes become numbers: byte*Scale + Shift.
type Scaling struct {
	Name         string
	Scale, Shift float64
}

// Scalings are the usual ones, which a file's choice is made from: the tutorial's, from 0 to 1,
// from -1 to 1, and bytes as they are, which a first layer scales. Any other is Standard of some
// numbers.
var Scalings = []Scaling{
	{"centred", Scale, Shift},
	{"unit", 1.0 / 255, 0},
	{"signed", 1 / 127.5, -1},
	{"bytes", 1, 0},
}

// Mean and deviation of the bytes of CIFAR-10's training pictures, by which much code for it scales
// them.
const (
	CIFARMean      = 120.707
	CIFARDeviation = 64.15
)

// Standard is (byte - mean) / deviation.
func Standard(mean, deviation float64) Scaling {
	return Scaling{"standard", 1 / deviation, -mean / deviation}
}
