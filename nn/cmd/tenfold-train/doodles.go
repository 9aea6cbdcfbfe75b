package main

import (
	"context"
	"flag"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/image/draw"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/doodles"
	"tenfold/nn/task"
)

// sheetFlags are the settings of `doodles`.
type sheetFlags struct {
	out        string
	seed       uint64
	size, zoom int
	columns    int
}

// runDoodles draws two sheets of each class: 200 pictures of the data set, and all ways to draw
// the class, one a row; and one of pictures of none of them.
func runDoodles(ctx context.Context, args []string) error {
	var f sheetFlags
	fs := flag.NewFlagSet("doodles", flag.ContinueOnError)
	fs.StringVar(&f.out, "out", "artifacts/doodles", "folder for the sheets")
	fs.Uint64Var(&f.seed, "seed", doodles.Seed, "seed of the drawings")
	fs.IntVar(&f.size, "size", cifar10.Side, "side of a picture in `pixels`")
	fs.IntVar(&f.zoom, "zoom", 3, "how much each pixel is enlarged")
	fs.IntVar(&f.columns, "columns", 20, "pictures in a row")
	if err := parse(fs, args); err != nil {
		return err
	}
	if f.zoom < 1 || f.columns < 1 {
		return fmt.Errorf("doodles: -zoom %d and -columns %d: want 1 or more", f.zoom, f.columns)
	}
	if err := os.MkdirAll(f.out, 0o755); err != nil {
		return err
	}
	for class, name := range cifar10.Task.Classes {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := f.sheet(class, name); err != nil {
			return err
		}
		if err := f.ways(class, name); err != nil {
			return err
		}
	}
	if err := f.others(); err != nil {
		return err
	}
	fmt.Printf("%s holds two sheets of each of %d classes\n", f.out, len(cifar10.Task.Classes))
	return nil
}

func (f *sheetFlags) shape() task.Shape { return task.Shape{f.size, f.size, 3} }

// sheet draws the first pictures of a class.
func (f *sheetFlags) sheet(class int, name string) error {
	const rows = 10
	classes := len(cifar10.Task.Classes)
	set, err := doodles.New(f.seed, doodles.Test, rows*f.columns*classes, f.shape())
	if err != nil {
		return err
	}
	return f.write(name+".png", rows, func(i int) ([]byte, error) {
		pixels, _ := set.Picture(i*classes + class)
		return pixels, nil
	})
}

// ways draws each way to draw a class in a row.
func (f *sheetFlags) ways(class int, name string) error {
	return f.write(name+"-ways.png", len(doodles.Ways(class)), func(i int) ([]byte, error) {
		return doodles.Example(f.seed+uint64(i), class, i/f.columns, f.shape())
	})
}

// others draws things of none of the classes, and textures.
func (f *sheetFlags) others() error {
	const rows = 20
	kinds := []func([]byte, task.Shape, uint64){doodles.DrawOther, doodles.DrawOther, doodles.DrawUnseen, doodles.Texture}
	return f.write("others.png", rows, func(i int) ([]byte, error) {
		pix := make([]byte, f.shape().Size())
		kinds[i/f.columns%len(kinds)](pix, f.shape(), uint64(i))
		return pix, nil
	})
}

// write draws a grid of pictures into a file.
func (f *sheetFlags) write(name string, rows int, picture func(i int) ([]byte, error)) error {
	side := f.size * f.zoom
	img := image.NewRGBA(image.Rect(0, 0, f.columns*(side+2), rows*(side+2)))
	draw.Draw(img, img.Rect, image.Black, image.Point{}, draw.Src)
	for i := range rows * f.columns {
		pixels, err := picture(i)
		if err != nil {
			return err
		}
		src := rgba(pixels, task.Shape{f.size, f.size, 3})
		at := image.Rect(0, 0, side, side).Add(image.Pt(i%f.columns*(side+2)+1, i/f.columns*(side+2)+1))
		draw.NearestNeighbor.Scale(img, at, src, src.Rect, draw.Src, nil)
	}
	return checkpoint.Replace(filepath.Join(f.out, name), func(w io.Writer) error { return png.Encode(w, img) })
}
