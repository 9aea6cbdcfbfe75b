package kernel

// Tiles says how Winograd's tiles lie: Y rows and X columns of them over a picture
// that is Width pixels wide, and Place elements between two of the 36 places of
// their transforms, each of which holds [Y,X,Channels]. A Place that is a multiple
// of 1024 would let all 36 fall into one set of the cache.
type Tiles struct {
	Y, X     int
	Width    int
	Channels int
	Place    int
}

// NewTiles returns the tiles that make h x w outputs, multiples of 4, over a picture
// of the given width.
func NewTiles(h, w, width, channels int) Tiles {
	return Tiles{Y: h / 4, X: w / 4, Width: width, Channels: channels, Place: h/4*(w/4)*channels + 16}
}

// Size returns how many elements the 36 places take.
func (t *Tiles) Size() int { return 36 * t.Place }

// Rows returns how many elements of the picture the tiles' rows take.
func (t *Tiles) Rows() int { return 4 * t.Y * t.Width * t.Channels }
