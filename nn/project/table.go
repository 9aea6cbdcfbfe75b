package project

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A table says of which class the files are that come with it, or holds the pictures themselves: a row
// for each, with its class and then the numbers of its pixels, as MNIST is handed on. Which columns are
// which follows from their titles, if there are any, and from what is in them.

// IsTable reports whether a file is a table by its name.
func IsTable(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".csv", ".tsv":
		return true
	}
	return false
}

// TablesFirst compares two files' names so that tables come before what they speak of.
func TablesFirst(a, b string) int {
	switch {
	case IsTable(a) == IsTable(b):
		return 0
	case IsTable(a):
		return -1
	}
	return 1
}

// titles of the column with the class and of that with the file, in lower case.
var (
	classTitles = []string{"label", "labels", "class", "class_name", "classname", "category", "target", "y", "species", "breed", "tag", "name"}
	fileTitles  = []string{"file", "filename", "file_name", "filepath", "path", "image", "image_name", "image_id", "img", "picture", "id"}
)

// table takes a table. One that cannot be read is skipped.
func (im *Import) table(name string, b []byte) error {
	r := reader(b)
	row, err := r.Read()
	if err != nil || len(row) < 2 {
		im.skip(name, "is no table with a class in each row")
		return nil
	}
	first := slices.Clone(row)
	titled := column(first, classTitles) >= 0
	next := first // the first row that is not titles
	if titled {
		if row, err = r.Read(); err != nil {
			im.skip(name, "has titles, and no rows")
			return nil
		}
		next = slices.Clone(row)
	}
	class := 0
	if titled {
		class = column(first, classTitles)
	}
	if side, channels := pixelsOf(len(next) - 1); side > 0 && numbers(next, class) {
		return im.rows(name, r, next, class, side, channels, brightest(b, class, titled))
	}
	file := column(first, fileTitles)
	if file < 0 || file == class {
		file = slices.IndexFunc(next, func(cell string) bool { return strings.Contains(cell, ".") && path.Ext(cell) != "" })
	}
	if !titled && file >= 0 {
		if class = slices.IndexFunc(next, func(cell string) bool { return cell != next[file] }); class < 0 {
			class = file
		}
	}
	if file < 0 || file == class {
		im.skip(name, "says neither which class each file is of, nor the pixels of each picture: want a column for the file and one called \"label\", or one for the class and one for each pixel")
		return nil
	}
	if im.labels == nil {
		im.labels = map[string]string{}
	}
	for row := next; err == nil; row, err = r.Read() {
		if file < len(row) && class < len(row) {
			im.labels[key(row[file])] = strings.TrimSpace(row[class])
		}
	}
	if !errors.Is(err, io.EOF) {
		im.skip(name, "is damaged: "+err.Error())
	}
	return nil
}

// reader reads a table's rows, whatever lies between its cells.
func reader(b []byte) *csv.Reader {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = separator(b), -1, true, true
	return r
}

// separator is what lies between the cells of a table.
func separator(b []byte) rune {
	line, _, _ := bytes.Cut(b, []byte("\n"))
	best := ','
	for _, c := range ";\t" {
		if bytes.Count(line, []byte(string(c))) > bytes.Count(line, []byte(string(best))) {
			best = c
		}
	}
	return best
}

// column is the one with one of the titles, -1 if there is none.
func column(row, titles []string) int {
	for _, t := range titles {
		if i := slices.IndexFunc(row, func(cell string) bool { return strings.EqualFold(strings.TrimSpace(cell), t) }); i >= 0 {
			return i
		}
	}
	return -1
}

// pixelsOf is the side of the square that has so many numbers, and how many each pixel has; 0 if it is none.
func pixelsOf(n int) (side, channels int) {
	for _, c := range []int{1, 3} {
		if side := int(math.Sqrt(float64(n / c))); side >= leastSide && side <= MaxSide && side*side*c == n {
			return side, c
		}
	}
	return 0, 0
}

// leastSide is the side of the smallest pictures that a table holds: MNIST's as scikit-learn has it.
const leastSide = 8

// numbers reports whether all cells but one are numbers of a pixel.
func numbers(row []string, but int) bool {
	for i, cell := range row {
		if v, err := strconv.ParseFloat(strings.TrimSpace(cell), 64); i != but && (err != nil || !(v >= 0 && v <= 255)) {
			return false
		}
	}
	return true
}

// brightest is the greatest number of a pixel in a table.
func brightest(b []byte, class int, titled bool) (most float64) {
	r := reader(b)
	for row, err := r.Read(); err == nil; row, err = r.Read() {
		for i, cell := range row {
			if v, err := strconv.ParseFloat(strings.TrimSpace(cell), 64); i != class && err == nil && !titled {
				most = max(most, v)
			}
		}
		titled = false
	}
	return most
}

// rows takes pictures that are rows of a table, whose greatest number is most. Where all are at most 1, or
// 16 as in scikit-learn's pictures of 8x8, they are brightened to 255.
func (im *Import) rows(name string, r *csv.Reader, row []string, class, side, channels int, most float64) (err error) {
	pixels, values := make([]byte, 3*side*side), make([]float64, side*side*channels)
	scale := 1.0
	switch {
	case most <= 1:
		scale = 255
	case most <= 16 && side == leastSide:
		scale = 255.0 / 16
	}
	for ; err == nil; row, err = r.Read() {
		at, _ := r.FieldPos(0) // the line that the row begins in
		if im.Told != nil {
			if err := im.Told(); err != nil {
				return err
			}
		}
		if len(row) != len(values)+1 || !numbers(row, class) {
			im.skip(fmt.Sprintf("%s, row %d", name, at), "is no picture of the size of those before")
			continue
		}
		values = values[:0]
		for i, cell := range row {
			if i != class {
				v, _ := strconv.ParseFloat(strings.TrimSpace(cell), 64)
				values = append(values, v)
			}
		}
		for i := range pixels {
			pixels[i] = byte(math.Round(min(scale*values[i*channels/3], 255)))
		}
		c, wrong := im.named(row[class])
		if wrong != nil {
			im.skip(fmt.Sprintf("%s, row %d", name, at), plain(wrong))
			continue
		}
		if err := im.Add(c, slices.Clone(pixels), side); err != nil {
			return err
		}
	}
	if !errors.Is(err, io.EOF) {
		im.skip(name, "is damaged: "+err.Error())
	}
	return nil
}

// key is a file's path as labels have it.
func key(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(strings.TrimSpace(name), `\`, "/")), "/"))
}

// labelled is the class that a table gives a file: by as much of its path as the table has, with or without
// its ending.
func (im *Import) labelled(name string) (class string, ok bool) {
	if im.labels == nil {
		return "", false
	}
	for at := key(name); at != ""; _, at, _ = strings.Cut(at, "/") {
		if class, ok = im.labels[at]; !ok {
			class, ok = im.labels[strings.TrimSuffix(at, path.Ext(at))]
		}
		if ok {
			return class, true
		}
	}
	return "", false
}
