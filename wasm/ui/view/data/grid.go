package data

import (
	"math"

	"tenfold/wasm/ui/theme"
)

// gridding is how pictures lie in a place: side by side, so many in a row, each with its
// label below.
type gridding struct {
	w, h   float64 // of the place, in units
	aspect float64 // a picture's height, in widths
	n      int     // pictures
	per    int     // in a row
	cell   float64 // the width of a picture
}

// aspect is the height of a picture's place in widths: that of the picture, if it is not much
// longer one way.
func (a *album) aspect() float64 {
	h, w := a.size()
	return min(max(float64(h)/float64(w), 0.55), 1.6)
}

const (
	gridGap = 12.0
	caption = 21.0 // the height of a label with the gap above it
	inOrder = 72.0 // the least width of a picture of many
	largest = 220.0
)

// spread lays n pictures out as large as they can be.
func spread(n int, w, h, aspect float64) gridding {
	best := gridding{w: w, h: h, aspect: aspect, n: n, per: 1}
	for per := 1; per <= max(n, 1); per++ {
		rows := float64((n + per - 1) / per)
		cell := min((w-float64(per-1)*gridGap)/float64(per), ((h+gridGap)/rows-gridGap-caption)/aspect, largest)
		if cell = math.Floor(cell); cell > best.cell {
			best.per, best.cell = per, cell
		}
	}
	if best.cell < theme.Touch { // it will be higher than the place
		best.per = min(max(int((w+gridGap)/(theme.Touch+gridGap)), 1), 4)
		best.cell = max(math.Floor((w-float64(best.per-1)*gridGap)/float64(best.per)), theme.Touch)
	}
	return best
}

// rolled lays n pictures out in as many rows as it takes, of which some are in sight at once.
func rolled(n int, w, h, aspect float64) gridding {
	g := gridding{w: w, h: h, aspect: aspect, n: n}
	for side := inOrder; ; side *= 1.2 {
		g.per = max(int((w+gridGap)/(side+gridGap)), 1)
		g.cell = math.Floor((w - float64(g.per-1)*gridGap) / float64(g.per))
		if g.per == 1 || g.per*(g.inSight()+4) <= mostInSight {
			return g
		}
	}
}

// high is the height of a picture.
func (g gridding) high() float64 { return math.Floor(g.cell * g.aspect) }

// row is the height of a row with the gap below.
func (g gridding) row() float64 { return g.high() + caption + gridGap }

func (g gridding) rows() int { return (g.n + g.per - 1) / g.per }

// inSight is how many rows can be seen at once, whole.
func (g gridding) inSight() int { return max(int((g.h+gridGap)/g.row()), 1) }

// width is that of all pictures of a row.
func (g gridding) width() float64 { return float64(g.per)*(g.cell+gridGap) - gridGap }

// offset is how many units are hidden above, where the picture at a place is in the first
// row, of which a share is hidden.
func (g gridding) offset(at int, above float64) float64 {
	most := float64(g.rows())*g.row() - gridGap - g.h
	return max(min((float64(at/g.per)+above)*g.row(), most), 0)
}

// place is the opposite of offset.
func (g gridding) place(offset float64) (at int, above float64) {
	row := math.Floor(offset / g.row())
	return int(row) * g.per, offset/g.row() - row
}

// around are the rows that are laid out: those in sight and one on each side.
func (g gridding) around(offset float64) (first, end int) {
	first = max(int(offset/g.row())-1, 0)
	return first, min(first+g.inSight()+4, g.rows())
}

// seen are the places of the pictures in rows of which at least half is in sight.
func (g gridding) seen(offset float64) (from, until int) {
	first, end := int(offset/g.row()+0.5), int((offset+g.h+gridGap)/g.row()+0.5)
	return min(first*g.per, g.n), min(end*g.per, g.n)
}

// turn scrolls by so many pages.
func (g gridding) turn(at int, above float64, pages int) (int, float64) {
	most := g.offset(g.n, 0)
	by := float64(pages) * float64(max(g.inSight()-1, 1)) * g.row()
	return g.place(max(min(g.offset(at, above)+by, most), 0))
}

// reveal scrolls as little as brings the i-th picture into sight.
func (g gridding) reveal(at int, above float64, i int) (int, float64) {
	top := float64(i/g.per) * g.row()
	offset := g.offset(at, above)
	offset = max(min(offset, top), top+g.row()-gridGap-g.h)
	return g.place(max(offset, 0))
}
