package library

import (
	"time"

	"tenfold/wasm/protocol"
)

// Album is what the page has of the pictures that the worker keeps: the classes of all of a
// part, and those pictures that were looked at lately.
type Album struct {
	Revision int // changes with all that is there

	library  *Library
	surveys  map[string]*protocol.Surveyed // nil for one that is on its way
	since    map[string]time.Time          // when they were asked for
	stale    map[string]bool               // those that must be made once more
	pictures map[slot][]byte
	order    []slot             // of pictures, the oldest first
	bytes    int                // of all pictures
	wanted   map[slot]time.Time // when they were asked for; zero for those that did not come
}

// slot is a picture of a part.
type slot struct {
	what  string
	index int
}

// The page keeps pictures of this many bytes, which are 4,000 of CIFAR-10's, but no fewer than
// are shown at once, whatever their size is: one that is dropped while it is shown would be
// asked for again and again.
const (
	keepBytes    = 12 << 20
	keepPictures = 300
)

// vain is how long after a question that was not answered it may be asked again.
const vain = 5 * time.Second

func newAlbum(l *Library) Album {
	a := Album{library: l}
	a.Forget()
	return a
}

// Forget drops all, because what is stored has changed.
func (a *Album) Forget() {
	a.surveys, a.since, a.stale = map[string]*protocol.Surveyed{}, map[string]time.Time{}, map[string]bool{}
	a.pictures, a.order, a.bytes = map[slot][]byte{}, nil, 0
	a.wanted = map[slot]time.Time{}
	a.Revision++
}

// again has a part be surveyed once more; what was surveyed stays until then.
func (a *Album) again(what string) {
	if a.surveys[what] != nil {
		a.stale[what] = true
	}
}

// forget drops what there is of a part.
func (a *Album) forget(what string) {
	delete(a.surveys, what)
	delete(a.since, what)
	delete(a.stale, what)
	for s := range a.wanted {
		if s.what == what {
			delete(a.wanted, s)
		}
	}
	order := a.order[:0]
	for _, s := range a.order {
		if s.what != what {
			order = append(order, s)
			continue
		}
		a.bytes -= len(a.pictures[s])
		delete(a.pictures, s)
	}
	a.order = order
}

// Survey returns what there is of a part, or nil while it is on its way or was not asked for.
func (a *Album) Survey(what string) *protocol.Surveyed { return a.surveys[what] }

// Labels returns the classes of a part's pictures.
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
	if _, asked := a.surveys[what]; !asked || a.stale[what] {
		if delete(a.stale, what); !asked {
			a.surveys[what] = nil
		}
		a.since[what] = a.library.Now
		a.library.Tell(protocol.Survey{What: what})
	}
}

// WantPhotos asks for those pictures of a part that are not there, each once. One that does
// not come is asked for again after Again.
func (a *Album) WantPhotos(what string, index []int) {
	var missing []int
	for _, i := range index {
		s := slot{what, i}
		if _, asked := a.wanted[s]; a.pictures[s] == nil && !asked {
			a.wanted[s] = a.library.Now
			missing = append(missing, i)
		}
	}
	if missing != nil {
		a.library.Tell(protocol.Look{What: what, Index: missing})
	}
}

// Again lets what was asked for in vain be asked for once more, because the user has come
// back or has asked for something else.
func (a *Album) Again() {
	now := a.library.Now
	for what, s := range a.surveys {
		if s == nil && now.Sub(a.since[what]) > vain {
			delete(a.surveys, what)
		}
	}
	for s, since := range a.wanted {
		if since.IsZero() || now.Sub(since) > vain {
			delete(a.wanted, s)
		}
	}
}

// survey takes what the worker says of a part.
func (a *Album) survey(e *protocol.Surveyed) {
	a.surveys[e.What] = e
	a.Revision++
}

// looked takes pictures of the worker, of size bytes each.
func (a *Album) looked(e protocol.Looked, size int) {
	for i, n := range e.Index {
		s := slot{e.What, n}
		if i >= len(e.Pictures) || len(e.Pictures[i].Picture) != size {
			a.wanted[s] = time.Time{}
			continue
		}
		delete(a.wanted, s)
		if a.pictures[s] == nil {
			a.order = append(a.order, s)
			a.bytes += size
		}
		a.pictures[s] = e.Pictures[i].Picture
	}
	for a.bytes > keepBytes && len(a.order) > keepPictures {
		a.bytes -= len(a.pictures[a.order[0]])
		delete(a.pictures, a.order[0])
		a.order = a.order[1:]
	}
	a.Revision++
}
