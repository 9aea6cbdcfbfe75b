package evaluate

// Joined are pictures one after the other.
type Joined []Data

// Len implements Data.
func (j Joined) Len() (n int) {
	for _, d := range j {
		n += d.Len()
	}
	return n
}

// Picture implements Data.
func (j Joined) Picture(i int) ([]byte, int) {
	d, i := j.at(i)
	return d.Picture(i)
}

// Label returns the class of the i-th picture.
func (j Joined) Label(i int) int {
	d, i := j.at(i)
	return Label(d, i)
}

// at finds the i-th picture.
func (j Joined) at(i int) (Data, int) {
	for _, d := range j[:len(j)-1] {
		if i < d.Len() {
			return d, i
		}
		i -= d.Len()
	}
	return j[len(j)-1], i
}
