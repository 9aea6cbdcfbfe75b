package project

import (
	"errors"
	"fmt"
	"image/color"
	"slices"
	"strings"
	"testing"
)

// fresh is a project without classes.
func fresh(t testing.TB) *Project {
	p, err := New(newMemory(), "Tables")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestTables takes the classes of files from a table that comes with them, in several forms.
func TestTables(t *testing.T) {
	for name, c := range map[string]struct{ table, want string }{
		"titles":             {"filename,label\n1.png,cat\n2.png,dog\n", "cat 1, dog 1"},
		"titles, turned":     {"Label;File\ncat;pics/1.png\ndog;pics/2.png\n", "cat 1, dog 1"},
		"none":               {"1.png,cat\n2.png,dog\n", "cat 1, dog 1"},
		"none, turned, tabs": {"cat\t1.png\ndog\t2.png\n", "cat 1, dog 1"},
		"no endings":         {"id,breed\n1,Dackel\n2,\"Münsterländer, klein\"\n", "Dackel 1, Münsterländer, klein 1"},
		"a mark in front":    {"\ufefffile,class\r\n1.png,cat\r\n2.png,cat\r\n", "cat 2"},
	} {
		p := fresh(t)
		im := &Import{Project: p, Decode: DecodeFile, Class: -1}
		all := packed(t, // the pictures before the table, as archives have it
			file{"pics/1.png", pngOf(t, color.RGBA{255, 0, 0, 255}, 20, 20)}, file{"pics/2.png", pngOf(t, color.RGBA{0, 0, 255, 255}, 20, 20)},
			file{"table.csv", []byte(c.table)})
		if err := im.Zip("all.zip", all, never); err != nil {
			t.Fatal(err)
		}
		if got := counted(p); got != c.want || len(im.Skipped) > 0 {
			t.Errorf("%s: %s, skipped %v", name, got, im.Skipped)
		}
	}
}

// counted are the classes of a project and how many pictures they have.
func counted(p *Project) string {
	var all []string
	for i, n := range p.Counts() {
		all = append(all, fmt.Sprint(p.Classes[i].Name, " ", n))
	}
	return strings.Join(all, ", ")
}

// TestTablesOfPixels takes pictures from the rows of a table, as MNIST is handed on.
func TestTablesOfPixels(t *testing.T) {
	row := func(class string, n int, v string) string {
		return class + strings.Repeat(","+v, n) + "\n"
	}
	for name, c := range map[string]struct {
		table, want string
		grey        byte
	}{
		"MNIST":                 {row("7", 784, "128") + row("2", 784, "255"), "7 1, 2 1", 128},
		"titles":                {"label" + strings.Repeat(",pixel", 784) + "\n" + row("7", 784, "51") + row("2", 784, "255"), "7 1, 2 1", 51},
		"shares":                {row("cat", 3*256, "0.5") + row("dog", 3*256, "1.0"), "cat 1, dog 1", 128},
		"scikit-learn's digits": {row("0", 64, "8") + row("1", 64, "16"), "0 1, 1 1", 128},
	} {
		p := fresh(t)
		im := &Import{Project: p, Decode: DecodeFile, Class: -1}
		if err := im.Picture("digits.csv", []byte(c.table)); err != nil {
			t.Fatal(err)
		}
		if got := counted(p); got != c.want || len(im.Skipped) > 0 {
			t.Errorf("%s: %s, skipped %v", name, got, im.Skipped)
			continue
		}
		img, err := p.Image(0)
		if err != nil || img.Pix[0] != c.grey || img.Pix[1] != c.grey {
			t.Errorf("%s: %v %v", name, img.Pix[:4], err)
		}
	}
}

// TestOddTables skips what is none, and ends when it is told to.
func TestOddTables(t *testing.T) {
	for name, table := range map[string]string{
		"empty": "", "one column": "cat\ndog\n", "titles alone": "label,file\n", "prose": "Dear all,\nplease find the pictures, and the rest.\n",
		"numbers": "1,2,3\n4,5,6\n", "a quote": "file,label\n\"1.png,cat\n", "zeros": strings.Repeat("\x00", 5000),
		"a huge row": strings.Repeat("1,", 1<<20),
	} {
		p := fresh(t)
		im := &Import{Project: p, Decode: DecodeFile, Class: -1}
		if err := im.Picture("x.csv", []byte(table)); err != nil || len(p.Pictures) != 0 || len(im.Skipped) == 0 && !strings.HasPrefix(name, "a quote") {
			t.Errorf("%s: %v, %d pictures, skipped %v", name, err, len(p.Pictures), im.Skipped)
		}
	}
	p := fresh(t)
	stop := errors.New("stop")
	n := 0
	im := &Import{Project: p, Decode: DecodeFile, Class: -1, Told: func() error {
		if n++; n > 2 {
			return stop
		}
		return nil
	}}
	var all strings.Builder
	for i := range 10 {
		all.WriteString("a" + strings.Repeat(fmt.Sprintf(",%d", i), 64) + "\n")
	}
	all.WriteString("a" + strings.Repeat(",x", 64) + "\n")
	if err := im.Picture("x.csv", []byte(all.String())); !errors.Is(err, stop) || len(p.Pictures) != 2 {
		t.Errorf("%v, %d pictures", err, len(p.Pictures))
	}
	im.Told = nil
	if err := im.Picture("x.csv", []byte(all.String())); err != nil || len(p.Pictures) != 10 || !slices.ContainsFunc(im.Skipped, func(s Skipped) bool { return s.Name == "x.csv, row 11" }) {
		t.Errorf("%v, %d pictures, %v", err, len(p.Pictures), im.Skipped)
	}
}
