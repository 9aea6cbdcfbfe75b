package widget

import (
	"fmt"
	"math"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// Progress says how far something has come.
type Progress struct {
	ID    string
	Label string  // in words, above; "" for none
	Share float64 // 0 to 1; NaN where it is not known
}

func (n Progress) label() Text { return Text{Text: n.Label, Quiet: true, Lines: 3} }

func (n Progress) widths(m *Ruler) (least, liked float64) {
	_, liked = n.label().widths(m)
	return 64, max(liked, 120)
}

func (n Progress) height(m *Ruler, w float64) float64 {
	if n.Label == "" {
		return 8
	}
	return n.label().height(m, w) + 14
}

func (n Progress) place(l *Layout, r paint.Rect) {
	f := Leaf{Rect: r, ID: n.ID, Name: n.Label, Role: RoleProgress, Max: 1, Share: n.Share}
	k := progressLooks{label: n.Label, unknown: math.IsNaN(n.Share)}
	if !k.unknown {
		k.share = min(max(n.Share, 0), 1)
		f.Value = fmt.Sprintf("%.0f%%", math.Floor(100*k.share))
	}
	l.leaf(f, k)
}

type progressLooks struct {
	label   string
	share   float64
	unknown bool
}

func (k progressLooks) paint(s *sheet, r paint.Rect) {
	if k.label != "" {
		textLooks{text: k.label, size: theme.Note, tone: Quiet, lines: 3}.paint(s, r)
		r.Y += r.H - 8
	}
	r.H = 8
	s.Box(r, 4, theme.Mix(s.th.Soft, s.th.Quiet, 0.08))
	full := r
	if full.W = r.W * k.share; k.unknown {
		full.X, full.W = r.X+r.W*0.35, r.W*0.3
	}
	if full.W >= 1 {
		full.W = max(full.W, 8)
		s.Box(full, 4, s.th.Accent)
	}
}
