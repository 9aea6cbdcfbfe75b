package pad

import (
	"bytes"
	"image/color"
	"testing"
)

var blue = color.RGBA{0, 0, 255, 255}

func marks(n int) []Mark {
	var m []Mark
	for i := range n {
		x := float64(i%10) / 10
		m = append(m, Stroke{[]Point{{x, 0.1}, {x, 0.5}, {1 - x, 0.9}}, 0.02, color.RGBA{byte(i * 20), byte(i), 200, 255}})
	}
	return m
}

// TestUndoLeadsBackThroughAllMarks compares each step with a pad that was drawn up
// to there alone.
func TestUndoLeadsBackThroughAllMarks(t *testing.T) {
	const n = 6*every + 5 // enough that old snapshots are dropped
	all := marks(n)
	p := New()
	p.Add(all...)
	for i := n; i >= 0; i-- {
		q := New()
		q.Add(all[:i]...)
		if !bytes.Equal(p.Image.Pix, q.Image.Pix) {
			t.Fatalf("after undo to %d marks the picture is another", i)
		}
		p.Undo()
	}
	if p.CanUndo() || !p.Empty() {
		t.Error("there is something left to undo")
	}
	p.Undo()
	for range n {
		p.Redo()
	}
	q := New()
	q.Add(all...)
	if p.CanRedo() || !bytes.Equal(p.Image.Pix, q.Image.Pix) {
		t.Error("redo did not bring all back")
	}
	p.Undo()
	p.Undo()
	p.Add(Wipe{blue})
	if p.CanRedo() {
		t.Error("a new mark did not forget what was undone")
	}
}

func TestAnOpenStrokeBecomesOneMark(t *testing.T) {
	p := New()
	p.Begin(Point{0.1, 0.1}, 0.05, blue)
	for i := range 20 { // a zigzag with corners
		p.Extend(Point{0.1 + 0.04*float64(i), 0.2 + 0.6*float64(i%2)})
	}
	live := bytes.Clone(p.Image.Pix)
	p.End()
	if len(p.marks) != 1 {
		t.Fatalf("%d marks", len(p.marks))
	}
	q := New() // what was seen while drawing, and what is drawn when it is done again
	q.Add(p.marks...)
	lost := 0
	for i := range live {
		if int(q.Image.Pix[i]) > int(live[i])+64 {
			lost++
		}
	}
	if lost > 0 {
		t.Errorf("%d bytes that were drawn are not in the stroke", lost)
	}
	p.Undo()
	if p.Image.RGBAAt(300, 320) != Paper || !bytes.Equal(p.Image.Pix, New().Image.Pix) {
		t.Error("undo left something")
	}
	p.Extend(Point{0.5, 0.5}) // nothing is open
	if p.Image.RGBAAt(320, 320) != Paper {
		t.Error("a stroke that ended goes on")
	}
}

func TestFillStopsAtALine(t *testing.T) {
	p := New()
	p.Add(Stroke{[]Point{{0.5, 0}, {0.5, 1}}, 0.02, color.RGBA{0, 0, 0, 255}}, Fill{Point{0.2, 0.5}, blue})
	if p.Image.RGBAAt(10, 10) != blue || p.Image.RGBAAt(630, 10) != Paper {
		t.Errorf("left %v, right %v", p.Image.RGBAAt(10, 10), p.Image.RGBAAt(630, 10))
	}
	p.Add(Fill{Point{-1, 3}, blue}, Fill{Point{0.2, 0.5}, blue}) // outside, and its own colour
}

func TestMarksOutsideOfThePad(t *testing.T) {
	p := New()
	p.Add(Stroke{[]Point{{-5, -5}, {7, 9}, {1e9, -1e9}}, 0.1, blue}, Stroke{nil, 0.1, blue}, Stroke{[]Point{{2, 2}}, 0.1, blue}, Area{[]Point{{-1, -1}, {3, -1}, {3, 0.1}}, blue}, Area{nil, blue})
}

// TestSnapshotsStayFew draws for a long time.
func TestSnapshotsStayFew(t *testing.T) {
	p := New()
	for range 100 {
		p.Add(marks(every)...)
	}
	if n := len(p.snapshots); n > 24 || p.snapshots[0] == nil || p.snapshots[100*every] == nil {
		t.Errorf("%d snapshots of %d marks", n, p.done)
	}
}

func TestBlank(t *testing.T) {
	p := New()
	if !p.Blank() {
		t.Error("a new pad is not blank")
	}
	p.Begin(Point{0.2, 0.2}, 0.05, color.RGBA{0, 0, 0, 255})
	p.Extend(Point{0.4, 0.4})
	if p.Blank() {
		t.Error("a pad with an open stroke is blank")
	}
	p.Undo()
	if !p.Blank() {
		t.Error("after undo something is left")
	}
	p.Add(Stroke{[]Point{{0.5, 0.5}}, 0.1, color.RGBA{1, 2, 3, 255}})
	p.Add(Stroke{[]Point{{0.5, 0.5}}, 0.3, Paper})
	if !p.Blank() {
		t.Error("what was rubbed out is left")
	}
	p.Add(Pixels(bytes.Repeat([]byte{9, 9, 9, 255}, Side*Side)))
	if p.Clear(); !p.Blank() {
		t.Error("a cleared pad is not blank")
	}
}
