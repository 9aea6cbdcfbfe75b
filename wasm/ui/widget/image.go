package widget

import (
	"image"
	"strings"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// Image is a picture with a caption. Its height follows from its width, unless H is
// given; the picture lies in the middle of its width.
type Image struct {
	ID       string
	Name     string      // what it shows
	Long     string      // its tooltip
	Picture  image.Image // opaque; nil for an empty place
	Version  any         // comparable; what the picture's pixels depend on
	Smooth   bool        // else each pixel is a crisp square
	Square   bool        // as wide as high, whatever the picture is
	H        float64     // the picture's height in units; 0 for what its width gives
	Framed   bool        // a line around it, of the colour Frame
	Frame    Tone
	Caption  string // its lines are shortened, not broken
	Pressed  bool
	Disabled string          // why it cannot be pressed now; "" if it can
	Do       func()          // nil for a picture that is only seen
	Drop     func(on string) // hears on which leaf the picture was let go that was dragged; nil if it stays
}

const captionGap = 4

func (n Image) below() float64 {
	if n.Caption == "" {
		return 0
	}
	return captionGap + leading(theme.Small)*float64(strings.Count(n.Caption, "\n")+1)
}

// aspect returns the picture's height, in widths.
func (n Image) aspect() float64 {
	if n.Square || n.Picture == nil || n.Picture.Bounds().Empty() {
		return 1
	}
	b := n.Picture.Bounds()
	return float64(b.Dy()) / float64(b.Dx())
}

func (n Image) widths(*Ruler) (least, liked float64) {
	if n.H > 0 {
		liked = n.H / n.aspect()
		return min(liked, touch), liked
	}
	return touch, 96
}

func (n Image) height(_ *Ruler, w float64) float64 {
	h := n.H
	if h <= 0 {
		h = whole(w * n.aspect())
	}
	if n.Do != nil {
		h = max(h, touch-n.below())
	}
	return h + n.below()
}

func (n Image) place(l *Layout, r paint.Rect) {
	f := Leaf{Rect: r, ID: n.ID, Name: named(n.Name, n.Caption), Title: tip(named(n.Long, n.Name), "", n.Disabled), Role: RoleImage, Disabled: n.Disabled, Selected: n.Pressed}
	if n.Do != nil {
		f.Role, f.Do, f.Pressed, f.reacts = RoleButton, n.Do, n.Pressed, n.Disabled == ""
		if n.Pressed {
			f.Role = RoleToggle
		}
	}
	if n.Drop != nil && n.Disabled == "" {
		f.Drop, f.Carried = n.Drop, Image{Picture: n.Picture, Version: n.Version, Smooth: n.Smooth, Square: true, Framed: true, Frame: Accent}
	}
	k := imageLooks{picture: n.Picture, caption: n.Caption, below: n.below(), aspect: n.aspect(), smooth: n.Smooth, framed: n.Framed, frame: n.Frame, pressed: n.Pressed, faint: n.Disabled != ""}
	l.leaf(f, versioned{k, n.Version})
}

type imageLooks struct {
	picture                        image.Image
	caption                        string
	below, aspect                  float64
	smooth, framed, pressed, faint bool
	frame                          Tone
}

// square returns where the picture lies.
func (k imageLooks) square(r paint.Rect) paint.Rect {
	h := max(r.H-k.below, 0)
	w := min(r.W, h/k.aspect)
	h = min(h, w*k.aspect)
	return paint.Rect{X: r.X + (r.W-w)/2, Y: r.Y, W: w, H: h}
}

func (k imageLooks) paint(s *sheet, r paint.Rect) {
	const radius = 6
	at := k.square(r)
	if k.picture == nil || k.picture.Bounds().Empty() {
		s.Box(at, radius, s.th.Soft)
	} else if at.W >= 1 && at.H >= 1 {
		s.Picture(at, k.picture, k.picture.Bounds(), k.smooth)
		s.RoundCorners(at, radius, s.ground)
	}
	tone := s.th.Ink
	switch {
	case k.pressed:
		s.Frame(at, radius, 3, s.th.Accent)
	case k.framed:
		s.Frame(at, radius, 3, k.frame.of(s.th))
		tone = k.frame.of(s.th)
	case s.hover:
		s.Frame(at, radius, 2, s.th.Accent)
	}
	if s.hover && (k.pressed || k.framed) {
		s.Frame(at.Inset(3), radius-2, 2, s.ground)
	}
	if k.caption == "" {
		return
	}
	h := leading(theme.Small)
	y := at.Y + at.H + captionGap
	for i, line := range strings.Split(k.caption, "\n") {
		style := paint.Style{Size: theme.Small, Color: s.th.Quiet}
		if i == 0 {
			style.Color = tone
		}
		s.fitted(line, paint.Rect{X: r.X, Y: y + h*float64(i), W: r.W, H: h}, style)
	}
}
