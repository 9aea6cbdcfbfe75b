package widget

import (
	"strings"
	"unicode"

	"tenfold/wasm/ui/paint"
)

// Ruler measures texts at a scale, and remembers what it has measured.
type Ruler struct {
	canvas paint.Canvas
	widths map[measured]float64
	wraps  map[wrapped][]string
	slots  []slot // of the rows that are being arranged, the inner ones last
}

type measured struct {
	text   string
	size   float64
	weight paint.Weight
}

type wrapped struct {
	measured
	width float64
	most  int
}

// remembered bounds what a ruler keeps.
const remembered = 8192

// ruler is that of the scale that was used last; a page has one.
var ruler *Ruler

func rulerOf(scale float64) *Ruler {
	if !(scale > 0) {
		scale = 1
	}
	if ruler == nil || ruler.canvas.Scale != scale {
		ruler = &Ruler{canvas: paint.Canvas{Scale: scale}, widths: map[measured]float64{}, wraps: map[wrapped][]string{}}
	}
	return ruler
}

// Width returns how many units wide a text is on one line.
func (m *Ruler) Width(text string, style paint.Style) float64 {
	key := measured{text, style.Size, style.Weight}
	w, ok := m.widths[key]
	if !ok {
		if len(m.widths) >= remembered {
			clear(m.widths)
		}
		w = m.canvas.TextWidth(text, style)
		m.widths[key] = w
	}
	return w
}

// Fit shortens a text with an ellipsis to at most width units.
func (m *Ruler) Fit(text string, width float64, style paint.Style) string {
	if lines := m.Wrap(text, width, style, 1); len(lines) > 0 {
		return lines[0]
	}
	return ""
}

// Wrap breaks a text into lines of at most width units, at spaces, and within words that
// are wider. Of more than most lines, unless that is 0, the last one ends in an ellipsis.
// The lines belong to the ruler.
func (m *Ruler) Wrap(text string, width float64, style paint.Style, most int) []string {
	key := wrapped{measured{text, style.Size, style.Weight}, width, most}
	lines, ok := m.wraps[key]
	if ok {
		return lines
	}
	if len(m.wraps) >= remembered {
		clear(m.wraps)
	}
	if most == 1 {
		if line := strings.Join(strings.Fields(text), " "); line != "" {
			lines = []string{m.shorten(line, width, style)}
		}
	} else {
		for part := range strings.SplitSeq(text, "\n") {
			lines = append(lines, m.breakUp(part, width, style)...)
		}
		if most > 0 && len(lines) > most {
			rest := strings.Join(lines[most-1:], " ")
			lines = append(lines[:most-1:most-1], m.shorten(rest, width, style))
		}
	}
	m.wraps[key] = lines
	return lines
}

// breakUp breaks a paragraph.
func (m *Ruler) breakUp(text string, width float64, style paint.Style) (lines []string) {
	if m.canvas.TextWidth(text, style) <= width {
		return []string{text}
	}
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" {
			if t := line + " " + word; m.canvas.TextWidth(t, style) <= width {
				line = t
				continue
			}
			lines = append(lines, line)
		}
		for m.canvas.TextWidth(word, style) > width {
			n := max(m.prefix(word, width, style, ""), firstLetter(word))
			if n >= len(word) {
				break
			}
			lines, word = append(lines, word[:n]), word[n:]
		}
		line = word
	}
	return append(lines, line)
}

// shorten ends a text in an ellipsis if it is too wide.
func (m *Ruler) shorten(text string, width float64, style paint.Style) string {
	if m.canvas.TextWidth(text, style) <= width {
		return text
	}
	n := m.prefix(text, width, style, "…")
	if n == 0 {
		return ""
	}
	return strings.TrimRight(text[:n], " ,.") + "…"
}

// prefix returns how many bytes of a text fit into a width with an ending behind them.
func (m *Ruler) prefix(text string, width float64, style paint.Style, ending string) int {
	var ends []int // of its letters with their marks
	for i, r := range text {
		if i > 0 && !joins(r) {
			ends = append(ends, i)
		}
	}
	low, high := 0, len(ends)
	for low < high {
		mid := (low + high + 1) / 2
		if m.canvas.TextWidth(text[:ends[mid-1]]+ending, style) <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	if low == 0 {
		return 0
	}
	return ends[low-1]
}

// firstLetter returns how many bytes the first letter has.
func firstLetter(text string) int {
	for i, r := range text {
		if i > 0 && !joins(r) {
			return i
		}
	}
	return len(text)
}

// joins reports whether a rune belongs to the letter before it.
func joins(r rune) bool {
	return unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Mc, r) || r == '\u200d' || r >= 0xFE00 && r <= 0xFE0F
}
