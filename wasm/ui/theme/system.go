package theme

import "image/color"

// Forced are the colours that a system makes every page use, by the names that CSS has for
// them: https://www.w3.org/TR/css-color-4/#css-system-colors.
type Forced struct{ Canvas, CanvasText, GrayText, ButtonBorder, Highlight, HighlightText color.RGBA }

// Theme returns the page in a system's colours alone. Classes are told apart by their names and
// lengths of bars.
func (f Forced) Theme() *Theme {
	t := &Theme{
		forced: true, Outlined: true, Dark: luminance(f.Canvas) < luminance(f.CanvasText),
		Paper: f.Canvas, Panel: f.Canvas, Soft: f.Canvas, Ink: f.CanvasText, Quiet: f.CanvasText, Faint: f.GrayText,
		Line: f.ButtonBorder, Accent: f.Highlight, OnAccent: f.HighlightText, Warning: f.CanvasText,
	}
	for range 100 {
		t.classes = append(t.classes, f.CanvasText)
	}
	return t
}

// Sharp returns the theme for who asks for more contrast: what is quiet is said as loudly as the
// rest, on the paper itself, and lines are seen.
func (t *Theme) Sharp() *Theme {
	s := *t
	s.Ink = color.RGBA{A: 255}
	s.Paper = color.RGBA{255, 255, 255, 255}
	if t.Dark {
		s.Ink, s.Paper = s.Paper, s.Ink
	}
	s.Panel, s.Quiet, s.Faint = s.Paper, s.Ink, Mix(t.Faint, s.Ink, 0.2)
	s.Outlined = true
	s.Soft = Mix(s.Paper, s.Ink, 0.08)
	s.Line = Mix(s.Paper, s.Ink, 0.6)
	s.Accent = Mix(t.Accent, s.Ink, 0.35)
	s.OnAccent = s.Paper
	s.Warning = Mix(t.Warning, s.Ink, 0.35)
	return &s
}
