package classes

import (
	"fmt"
	"image"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"tenfold/nn/picture"
	"tenfold/nn/task"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/subject"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// recording is the camera's pictures on their way into a class.
type recording struct {
	on    bool
	class int
	from  time.Time // when it begins: the person may have to go to where the camera looks
	last  time.Time // when a picture was taken last
	held  time.Time // when the button was pressed that is held down; zero for none
	taken int
	rate  int    // pictures a second
	delay string // seconds, as it was typed

	shown int // the subject's changes that the preview is of
	image *image.RGBA
}

// rates are how many pictures a second may be taken.
var rates = []int{1, 2, 5, 10}

// longestDelay is how many seconds a recording may wait.
const longestDelay = 60

// filming reports whether the camera is on.
func (v *View) filming() bool { return v.desk.Subject.Mode == subject.Filming }

// wait is how long a recording waits, and whether what was typed says it.
func (r *recording) wait() (time.Duration, bool) {
	s, err := strconv.ParseFloat(strings.TrimSpace(r.delay), 64)
	if err != nil || !(s >= 0 && s <= longestDelay) {
		return 0, false
	}
	return time.Duration(s * float64(time.Second)), true
}

// record begins a recording, or ends it.
func (v *View) record() {
	r := &v.recording
	if r.on = !r.on; !r.on {
		return
	}
	wait, _ := r.wait()
	r.class, r.from, r.last, r.taken = v.class, v.desk.Now.Add(wait), time.Time{}, 0
}

// hold begins a recording that ends when the button is let go. One that is only pressed records until it
// is pressed again.
func (v *View) hold(down bool) {
	r := &v.recording
	switch {
	case down && r.on:
		v.record()
	case down:
		v.record()
		r.held = v.desk.Now
	case !r.held.IsZero():
		if v.desk.Now.Sub(r.held) >= longPress && r.on {
			v.record()
		}
		r.held = time.Time{}
	}
}

// longPress is from when on a button is held, and not only pressed.
const longPress = 400 * time.Millisecond

// take puts the camera's picture into the class, if it is time to.
func (v *View) take() {
	r, d := &v.recording, v.desk
	if !r.on {
		return
	}
	if !v.filming() || v.class != r.class || d.View != "classes" || v.stays() != "" {
		r.on = false
		return
	}
	if d.Now.Before(r.from) || d.Now.Sub(r.last) < time.Second/time.Duration(r.rate) {
		return
	}
	pixels := d.Subject.Picture.Pixels(task.Shape{task.ProjectSide, task.ProjectSide, 3})
	d.Library.KeepIn(r.class, slices.Clone(pixels), true)
	r.last = d.Now
	r.taken++
}

// preview is what the camera sees.
func (v *View) preview() *image.RGBA {
	r, s := &v.recording, v.desk.Subject
	if r.image == nil || r.shown != s.Changes {
		in := task.Shape{task.ProjectSide, task.ProjectSide, 3}
		r.shown, r.image = s.Changes, picture.Enlarge(s.Picture.Pixels(in), in)
	}
	return r.image
}

// cameraButton switches it on and off.
func (v *View) cameraButton() widget.Button {
	w, d := &words.Classes, v.desk
	b := widget.Button{ID: "class-camera", Label: w.Camera, Long: w.CameraLong, Icon: "camera", Disabled: v.stays(), Do: func() {
		if v.filming() {
			d.Subject.Draw()
		} else {
			d.Subject.Film()
		}
	}}
	if v.filming() {
		b.Label = w.CameraOff
	}
	return b
}

// camera is its picture and the way to record; nil while it is off.
func (v *View) camera() widget.Node {
	w, r, d := &words.Classes, &v.recording, v.desk
	if !v.filming() {
		return nil
	}
	record := widget.Button{Hold: v.hold, ID: "class-record", Label: w.Record, Long: w.RecordLong, Icon: "snap", Primary: true, Toggle: true, Pressed: r.on, Disabled: v.stays(), Do: v.record}
	if r.on {
		record.Label, record.Icon, record.Disabled = w.StopRecord, "stop", ""
	}
	delay := widget.Number{ID: "class-delay", Label: w.Delay, Long: w.DelayLong, Value: r.delay, Hint: "s", Set: func(text string) { r.delay = text }}
	if _, ok := r.wait(); !ok {
		delay.Invalid = fmt.Sprintf(w.BadDelay, longestDelay)
	}
	switch {
	case record.Disabled != "" || r.on:
	case v.class < 0:
		record.Disabled = w.NoClass
	case delay.Invalid != "":
		record.Disabled = delay.Invalid
	}
	rate := widget.Select{ID: "class-rate", Label: w.Rate, Long: w.RateLong, Value: fmt.Sprint(r.rate), Set: func(text string) {
		if n, err := strconv.Atoi(text); err == nil && slices.Contains(rates, n) {
			r.rate = n
		}
	}}
	for _, n := range rates {
		rate.Options = append(rate.Options, widget.Option{Value: fmt.Sprint(n), Label: fmt.Sprintf(w.PerSecond, n)})
	}
	lens := widget.Select{ID: "class-lens", Label: w.Lens, Long: w.LensLong, Value: rear, Options: []widget.Option{{Value: rear, Label: w.Rear}, {Value: front, Label: w.Front}}, Set: func(side string) {
		d.Subject.Lens(side == rear)
	}}
	if !d.Subject.Rear {
		lens.Value = front
	}
	mirrored := widget.Checkbox{ID: "class-mirrored", Label: w.Mirrored, Long: w.MirroredLong, On: d.Subject.Mirrored, Set: func(on bool) { d.Subject.Mirrored = on }}
	status := ""
	switch left := r.from.Sub(d.Now); {
	case r.on && left > 0:
		status = fmt.Sprintf(w.Waiting, figure.Count(int(left.Seconds()+0.999)))
	case r.on, r.taken > 0:
		status = fmt.Sprintf(w.Recorded, figure.Things(r.taken, words.Nouns.Picture))
	}
	return widget.Row{Gap: theme.Gap, Top: true, Items: []widget.Node{
		widget.Fixed(previewWidth, widget.Column{Gap: theme.Grid, Items: []widget.Node{widget.Image{ID: "class-preview", Name: w.Preview, Square: true, Smooth: true, Picture: v.preview(), Version: d.Subject.Changes}, v.live()}}),
		widget.Column{Gap: theme.Grid, Items: []widget.Node{
			widget.Row{Gap: theme.Grid, Wrap: true, Items: []widget.Node{widget.Hug(record), widget.Hug(v.cameraButton())}},
			rate, delay, lens, mirrored,
			widget.Text{ID: "class-recorded", Text: status, Quiet: true, Live: !r.on},
		}},
	}}
}

// live is what the network says of the camera's picture, if it knows the project's classes; nil if not.
func (v *View) live() widget.Node {
	n := v.desk.Network
	if !v.desk.Owned() || len(n.Probs) == 0 {
		return nil
	}
	all := widget.Bars{ID: "class-live"}
	for _, i := range part.Order(n.Probs)[:min(mostLive, len(n.Probs))] {
		all.Rows = append(all.Rows, widget.Bar{Name: n.Class(i), Share: math.Round(n.Probs[i]*100) / 100, Text: figure.Chance(n.Probs[i]), Color: part.Tone(v.desk, i), Strong: true})
	}
	return all
}

// mostLive is how many classes are shown beside the camera's picture.
const mostLive = 3

// The sides of a device that cameras are on.
const (
	rear  = "rear"
	front = "front"
)

// previewWidth is that of the camera's picture, units.
const previewWidth = 160
