package task

// ProjectSide is how many pixels each way a picture of a project has at most, and as it is shown.
const ProjectSide = 96

// ProjectPictures is how many pictures a project may have.
const ProjectPictures = 20000

// Project is a person's own data set as the page sees it.
type Project struct {
	ID, Name string
	Fixed    bool // its name and its classes stay as they are
	Classes  []ProjectClass
	Bytes    int    // of its pictures
	Order    int    // changes whenever the numbers of pictures do
	CanUndo  bool   // there is a change that can be taken back
	Why      string // why nothing can be learned from it yet; "" if it can
}

// ProjectClass is a class of it.
type ProjectClass struct {
	Name     string
	Colour   int
	Pictures int
}

// Pictures returns how many there are.
func (p Project) Pictures() (n int) {
	for _, c := range p.Classes {
		n += c.Pictures
	}
	return n
}

// Skipped is a file that was not taken, and why.
type Skipped struct{ Name, Why string }
