package library

import "tenfold/wasm/protocol"

// Album is what the page has of the pictures that the worker keeps: the classes of all of a
// part, and those pictures that were looked at lately.
type Album struct {
	Revision int // changes with all that is there

	library  *Library
	surveys  map[string]*protocol.Surveyed // nil for one that is on its way
	pictures map[slot][]byte
	order    []slot // of pictures, the oldest first
	missing  map[string][]int
	wanted   map[slot]bool // on their way, or not to be had
}

// slot is a picture of a part.
type slot struct {
	what  string
	index int
}

// keepPictures is how many pictures the page keeps, 3 kB each.
const keepPictures = 4000

func newAlbum(l *Library) Album {
	a := Album{library: l}
	a.Forget()
	return a
}

// Forget drops all, because what is stored has changed.
func (a *Album) Forget() {
	a.surveys, a.pictures, a.order = map[string]*protocol.Surveyed{}, map[slot][]byte{}, nil
	a.missing, a.wanted = map[string][]int{}, map[slot]bool{}
	a.Revision++
}

// Survey returns what there is of a part, or nil while it is on its way or was not asked for.
func (a *Album) Survey(what string) *protocol.Surveyed { return a.surveys[what] }

// Labels are the classes of a part's pictures.
func (a *Album) Labels(what string) []byte {
	if s := a.surveys[what]; s != nil {
		return s.Labels
	}
	return nil
}

// Photo returns a picture of a part, bytes of the data's shape, or nil while it is on its way
// or was not asked for.
func (a *Album) Photo(what string, index int) []byte { return a.pictures[slot{what, index}] }

// WantSurvey asks what there is of a part, once.
func (a *Album) WantSurvey(what string) {
	if _, asked := a.surveys[what]; !asked {
		a.surveys[what] = nil
		a.library.Tell(protocol.Survey{What: what})
	}
}

// WantPhotos asks for those pictures of a part that are not there, each once.
func (a *Album) WantPhotos(what string, index []int) {
	var missing []int
	for _, i := range index {
		if s := (slot{what, i}); a.pictures[s] == nil && !a.wanted[s] {
			a.wanted[s] = true
			missing = append(missing, i)
		}
	}
	if missing != nil {
		a.library.Tell(protocol.Look{What: what, Index: missing})
	}
}

func (a *Album) surveyed(e *protocol.Surveyed) {
	a.surveys[e.What] = e
	a.Revision++
}

// looked takes pictures of the worker, of so many bytes each. One that did not come may be
// asked for again.
func (a *Album) looked(e protocol.Looked, size int) {
	for i, n := range e.Index {
		s := slot{e.What, n}
		if i < len(e.Pictures) && len(e.Pictures[i].Picture) == size {
			a.pictures[s] = e.Pictures[i].Picture
			a.order = append(a.order, s)
		}
		delete(a.wanted, s)
	}
	for len(a.order) > keepPictures {
		delete(a.pictures, a.order[0])
		a.order = a.order[1:]
	}
	a.Revision++
}
