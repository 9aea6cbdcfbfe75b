package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/task"
)

// TestAsked opens a file that does not say its task: it tells what is guessed,
// and takes what the user says.
func TestAsked(t *testing.T) {
	const path = "../../convert/testdata/keras2.h5"
	list := filepath.Join(t.TempDir(), "classes.txt")
	if err := os.WriteFile(list, []byte("rot, grün\r\nblau\r\ngelb\r\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	guessed, scale := []string{"class 1", "class 2", "class 3"}, task.Scaling{Scale: task.Scale, Shift: task.Shift}
	const noClasses, noScale = "does not say what its classes are called: taken are class 1, class 2, class 3; -classes says otherwise\n", "does not say how bytes become numbers: taken is byte/255 - 0.5; -scale says otherwise\n"
	for _, c := range []struct {
		asked
		classes []string
		scale   task.Scaling
		told    []string
		wrong   string
	}{
		{asked{}, guessed, scale, []string{noClasses, noScale}, ""},
		{asked{classes: "a, b,c"}, []string{"a", "b", "c"}, scale, []string{noScale}, ""},
		{asked{classes: list}, []string{"rot, grün", "blau", "gelb"}, scale, []string{noScale}, ""},
		{asked{scale: "signed"}, guessed, task.Scaling{Scale: 1 / 127.5, Shift: -1}, []string{noClasses}, ""},
		{asked{classes: "a,b,c", scale: "100, 50"}, []string{"a", "b", "c"}, task.Scaling{Scale: 0.02, Shift: -2}, nil, ""},
		{asked: asked{classes: "a,b"}, wrong: "-classes has 2 names, the network 3 outputs"},
		{asked: asked{classes: "a,a,b"}, wrong: `two classes are called "a"`},
		{asked: asked{classes: "none.txt"}, wrong: "want names with commas between them, or a file"},
		{asked: asked{scale: "loud"}, wrong: "-scale loud: want centred, unit, signed, bytes, or a mean and a deviation"},
		{asked: asked{scale: "3,0"}, wrong: "-scale 3,0: want"},
	} {
		var out bytes.Buffer
		o, err := c.open(path, nil, &out)
		if c.wrong != "" {
			if err == nil || !strings.Contains(err.Error(), c.wrong) {
				t.Errorf("%+v: %v, want %s", c.asked, err, c.wrong)
			}
			continue
		}
		if err != nil || !slices.Equal(o.Classes, c.classes) || o.Scale != c.scale.Scale || o.Shift != c.scale.Shift {
			t.Errorf("%+v: %+v (%v)", c.asked, o, err)
			continue
		}
		want := ""
		for _, line := range c.told {
			want += path + " " + line
		}
		if out.String() != want {
			t.Errorf("%+v: it says %q, want %q", c.asked, out.String(), want)
		}
	}
	// convert writes it.
	to := filepath.Join(t.TempDir(), "x.keras")
	if err := runConvert(t.Context(), []string{"-bare", "-classes", "a,b,c", "-scale", "bytes", path, to}); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if o, err := new(asked).open(to, nil, &out); err != nil || !slices.Equal(o.Classes, []string{"a", "b", "c"}) || o.Scale != 1 || out.Len() > 0 {
		t.Errorf("%+v %q (%v)", o, out.String(), err)
	}
	// So does what train begins with.
	f, err := parseTrain([]string{"-from", path, "-scale", "unit", "-classes", "a,b,c"})
	if err != nil {
		t.Fatal(err)
	}
	if m, _, err := f.model(); err != nil || m.Shift != 0 || m.Classes[1] != "b" {
		t.Errorf("%+v (%v)", m, err)
	}
	if f, err = parseTrain([]string{"-scale", "unit"}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.model(); err == nil || !strings.Contains(err.Error(), "-from") {
		t.Errorf("%v", err)
	}
}

// TestFormula writes scalings as people do.
func TestFormula(t *testing.T) {
	for want, s := range map[string]task.Scaling{
		"byte/255 - 0.5": task.Scalings[0], "byte/255": task.Scalings[1], "byte/127.5 - 1": task.Scalings[2], "byte": task.Scalings[3],
		"byte*2 + 1": {Scale: 2, Shift: 1}, "byte/50 - 2": task.Standard(100, 50),
	} {
		if got := formula(s.Scale, s.Shift); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
