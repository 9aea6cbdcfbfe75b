package training

// speed is the mean over the last steps.
type speed struct {
	pictures []int
	seconds  []float64
}

func (v *speed) add(pictures int, seconds float64) {
	v.pictures, v.seconds = append(v.pictures, pictures), append(v.seconds, seconds)
	if len(v.seconds) > 40 {
		v.pictures, v.seconds = v.pictures[1:], v.seconds[1:]
	}
}

func (v *speed) perSecond() float64 {
	n, t := 0, 0.0
	for i := range v.pictures {
		n, t = n+v.pictures[i], t+v.seconds[i]
	}
	if t == 0 {
		return 0
	}
	return float64(n) / t
}
