package page

import (
	"tenfold/wasm/protocol"
)

// album is what the page has of the pictures that the worker keeps: the classes of all
// of a part, and those pictures that were looked at lately.
type album struct {
	surveys  map[string]*protocol.Surveyed // nil for one that is on its way
	pictures map[slot][]byte
	order    []slot // of pictures, the oldest first
	missing  map[string][]int
	wanted   map[slot]bool // on their way
	revision int
}

// slot is a picture of a part.
type slot struct {
	what  string
	index int
}

// keepPictures is how many pictures the page keeps, 3 kB each.
const keepPictures = 4000

// survey returns what there is of a part, or nil while it is on its way. The Data view
// alone asks for it: whoever does loads the worker that owns the data.
func (p *Page) survey(what string) *protocol.Surveyed {
	a := &p.album
	if a.surveys == nil {
		a.forget()
	}
	s, asked := a.surveys[what]
	if !asked && p.view == "data" {
		a.surveys[what] = nil
		p.tell(protocol.Survey{What: what})
	}
	return s
}

// forget drops all, because what is stored has changed.
func (a *album) forget() {
	a.surveys, a.pictures, a.order = map[string]*protocol.Surveyed{}, map[slot][]byte{}, nil
	a.missing, a.wanted = map[string][]int{}, map[slot]bool{}
	a.revision++
}

// photo returns a picture of a part, or nil while it is on its way.
func (p *Page) photo(what string, index int) []byte {
	a := &p.album
	s := slot{what, index}
	if b := a.pictures[s]; b != nil {
		return b
	}
	if a.wanted == nil {
		a.forget()
	}
	if !a.wanted[s] {
		a.wanted[s] = true
		a.missing[what] = append(a.missing[what], index)
	}
	return nil
}

// askPhotos asks for what was missed since the last call.
func (p *Page) askPhotos() {
	for what, index := range p.album.missing {
		delete(p.album.missing, what)
		p.tell(protocol.Look{What: what, Index: index})
	}
}

// looked takes pictures of the worker, of so many bytes each.
func (a *album) looked(e protocol.Looked, size int) {
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
	a.revision++
}

// labels returns the classes of a part's pictures.
func (p *Page) labels(what string) []byte {
	if s := p.survey(what); s != nil {
		return s.Labels
	}
	return nil
}
