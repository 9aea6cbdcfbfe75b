package training

import (
	"errors"
	"fmt"

	"tenfold/nn/cifar10"
	"tenfold/nn/evaluate"
	"tenfold/nn/picture"
	"tenfold/nn/project"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// copyProject begins a project with the classes and pictures of a part of the data, which comes into use.
func (s *Session) copyProject(c protocol.CopyProject) error {
	if err := s.occupied(); err != nil {
		return s.refuseImport(c.ID, "", err)
	}
	from, err := s.shown(c.Part)
	if err == nil && from.Len() == 0 {
		err = errors.New("training: there are no such pictures here")
	}
	if err != nil {
		return s.refuseImport(c.ID, "", err)
	}
	classes := cifar10.Task.Classes
	own, _ := from.(looked)
	if own.Project != nil {
		classes = own.Names()
	}
	one, err := project.New(s.projects.store, c.Name, classes...)
	if err != nil {
		return s.refuseImport(c.ID, "", err)
	}
	s.projects.put(one)
	if err := s.projects.use(one.ID); err != nil {
		return s.refuseImport(c.ID, "", errors.Join(err, s.projects.remove(one)))
	}
	chosen := first(from, len(classes), c.Each)
	now := &importing{id: c.ID, event: protocol.Importing{ID: c.ID, Project: one.ID, Total: len(chosen)}}
	return s.fill(now, one, -1, func(im *project.Import) error {
		for n, i := range chosen {
			now.event.Files = n
			pixels, side, err := uncut(from, i)
			if err != nil {
				im.Skipped = append(im.Skipped, project.Skipped{Name: fmt.Sprint("picture ", i+1), Why: plain(err)})
				continue
			}
			if err := im.Add(evaluate.Label(from, i), pixels, side); err != nil {
				return err
			}
			if err := s.pace(now, im); err != nil {
				return err
			}
		}
		return nil
	})
}

// first are the numbers of the first pictures of each class, so many or, for 0, all.
func first(from evaluate.Data, classes, each int) (chosen []int) {
	n := make([]int, classes)
	for i := range from.Len() {
		if label := evaluate.Label(from, i); each == 0 || n[label] < each {
			n[label]++
			chosen = append(chosen, i)
		}
	}
	return chosen
}

// uncut is a picture with as many pixels as there are of it.
func uncut(from evaluate.Data, i int) (pixels []byte, side int, err error) {
	own, ok := from.(looked)
	if !ok {
		pixels, _ = from.Picture(i)
		return pixels, cifar10.Side, nil
	}
	img, err := own.Image(i)
	if err != nil {
		return nil, 0, err
	}
	side = img.Rect.Dx()
	return picture.Shrink(img, task.Shape{side, side, 3}), side, nil
}
