package training

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"tenfold/nn/filename"
	"tenfold/nn/project"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// importing is an import under way.
type importing struct {
	id             uint64
	ctx            context.Context
	cancel         context.CancelFunc
	told, attended time.Time
	event          protocol.Importing
}

// maxSource is how large a file of a single picture may be, bytes.
const maxSource = 64 << 20

// Import brings files into a project, those that lie in no folder into a class, or nowhere if that is
// -1. A project's .zip becomes a new project. It does not block.
func (s *Session) Import(id uint64, into string, class int, files []Source) {
	s.do(func() { s.report(s.bringIn(id, into, class, files)) })
}

// bringIn carries out an import.
func (s *Session) bringIn(id uint64, into string, class int, files []Source) error {
	if err := s.occupied(); err != nil {
		return s.refuseImport(id, into, err)
	}
	one, err := s.into(into, files)
	if err != nil {
		return s.refuseImport(id, into, err)
	}
	slices.SortStableFunc(files, func(a, b Source) int { return project.TablesFirst(a.Path, b.Path) })
	now := &importing{id: id, event: protocol.Importing{ID: id, Project: into, Total: len(files)}}
	return s.fill(now, one, class, func(im *project.Import) error {
		for i, f := range files {
			now.event.Files = i
			if err := s.source(now, im, f); err != nil {
				return err
			}
			if err := s.pace(now, im); err != nil {
				return err
			}
		}
		return nil
	})
}

// refuseImport says why one does not begin.
func (s *Session) refuseImport(id uint64, into string, why error) error {
	s.host.Send(protocol.Importing{ID: id, Project: into, Done: true, Why: plain(why)})
	return nil
}

// fill brings into a project what take takes, and says at the end what came of it. A project that was begun
// for it, whose event names none, goes if nothing has come.
func (s *Session) fill(now *importing, one *project.Project, class int, take func(*project.Import) error) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	now.ctx, now.cancel = ctx, cancel
	begun := now.event.Project == ""
	s.importing = now
	defer func() { s.importing = nil }()
	s.film = ""
	one.Begin()
	before := len(one.Pictures)
	defer func() { // whatever has happened, the page is not left waiting
		if e := &now.event; !e.Done {
			e.Done, e.Why = true, "it had to be given up"
			s.host.Send(*e)
		}
	}()
	im := &project.Import{Project: one, Decode: s.host.Decode, Class: class}
	im.Told = func() error { return s.pace(now, im) }
	err := take(im)
	if len(one.Pictures) == before {
		one.Undo() // also of classes without pictures
	}
	saved := one.Save()
	if begun && len(one.Pictures)+len(one.Classes) == 0 { // another one was opened, or nothing
		saved = s.projects.remove(one)
	}
	e := &now.event
	e.Added, e.Known, e.Skipped, e.More, e.Done = im.Added, im.Known, told(im.Skipped), im.More, true
	if err == nil {
		e.Files = e.Total
		err = saved
	}
	switch {
	case errors.Is(err, errCancelled):
		e.Why = "cancelled"
	case errors.Is(err, ErrFull):
		e.Why = "the browser has no room left; what was brought in until then is kept"
	case err != nil:
		e.Why = plain(err)
	}
	s.host.Send(*e)
	return s.tellOf(one.ID)
}

// into returns the project that an import goes into, a new one for "".
func (s *Session) into(id string, files []Source) (*project.Project, error) {
	if id != "" {
		return s.projects.of(id)
	}
	if err := s.projects.open(); err != nil {
		return nil, err
	}
	name := ownName
	if len(files) == 1 {
		name = strings.TrimSuffix(path.Base(files[0].Path), path.Ext(files[0].Path))
	}
	one, err := project.New(s.projects.store, name)
	if err != nil {
		one, err = project.New(s.projects.store, ownName)
	}
	if err != nil {
		return nil, err
	}
	s.projects.put(one)
	return one, s.projects.use(one.ID)
}

// told are skipped files as the page is told of them.
func told(all []project.Skipped) (out []task.Skipped) {
	for _, k := range all {
		out = append(out, task.Skipped{Name: k.Name, Why: k.Why})
	}
	return out
}

// How often an import lets the browser in, and how often it tells how far it is: the page lays itself out for
// each word.
const (
	attendEvery = 100 * time.Millisecond
	importEvery = 250 * time.Millisecond
)

// pace tells how far an import is, and lets the browser in, both now and then.
func (s *Session) pace(now *importing, im *project.Import) error {
	t := time.Now()
	if t.Sub(now.told) > importEvery {
		now.told = t
		now.event.Added, now.event.Known = im.Added, im.Known
		s.host.Send(now.event)
	}
	if t.Sub(now.attended) > attendEvery {
		now.attended = t
		s.attend()
	}
	if now.ctx.Err() != nil {
		return errCancelled
	}
	return nil
}

// source takes one of the chosen files.
func (s *Session) source(now *importing, im *project.Import, f Source) error {
	at, ok := f.Open.(io.ReaderAt)
	head := make([]byte, 4)
	n := 0
	if ok && f.Size > 0 {
		n, _ = at.ReadAt(head[:min(4, f.Size)], 0)
	}
	if string(head[:n]) == "PK\x03\x04" || string(head[:n]) == "PK\x05\x06" {
		z, err := zip.NewReader(at, int64(f.Size))
		if err != nil {
			im.Skipped = append(im.Skipped, project.Skipped{Name: filename.Show(f.Path), Why: "is a damaged .zip: " + err.Error()})
			return nil
		}
		count := func(done, total int) error {
			now.event.Files, now.event.Total = done, total
			return s.pace(now, im)
		}
		if project.IsArchive(z) {
			return s.openArchive(z, now, im, count)
		}
		return im.Zip(f.Path, z, count)
	}
	if f.Size > maxSource {
		im.Skipped = append(im.Skipped, project.Skipped{Name: filename.Show(f.Path), Why: fmt.Sprintf("is larger than %d MB", maxSource>>20)})
		return nil
	}
	b, err := io.ReadAll(io.LimitReader(f.Open, maxSource+1))
	if err != nil {
		im.Skipped = append(im.Skipped, project.Skipped{Name: filename.Show(f.Path), Why: "cannot be read: " + err.Error()})
		return nil
	}
	return im.Picture(f.Path, b)
}

// openArchive opens a project's own .zip as another project, which comes into use.
func (s *Session) openArchive(z *zip.Reader, now *importing, im *project.Import, count func(done, total int) error) error {
	p, along, skipped, err := project.FromArchive(s.projects.store, z, s.host.Decode, count)
	if p == nil {
		return err
	}
	im.Added += len(p.Pictures)
	im.Skipped = append(im.Skipped, skipped...)
	s.projects.put(p)
	now.event.Project = p.ID
	if err := errors.Join(err, s.projects.use(p.ID)); err != nil {
		return err
	}
	s.host.Send(protocol.Opened{Project: p.ID, Networks: along.Networks, Using: along.Using})
	return nil
}

// saveProject gives the user a project as a .zip.
func (s *Session) saveProject(c protocol.SaveProject) error {
	one, err := s.projects.of(c.Project)
	if err != nil {
		return err
	}
	ctx := s.measuring(c.ID)
	name := fileName(one.Name) + ".zip"
	if c.Bare {
		bare := *one
		bare.Pictures = nil
		one = &bare
	}
	tell := s.count(c.ID, 0, len(one.Pictures))
	lost := 0
	write := func(w io.Writer) (err error) {
		lost, err = one.Archive(w, project.Kept{Networks: c.Networks, Using: c.Using}, func(done int) error {
			tell(done)
			return ctx.Err()
		})
		return err
	}
	if c.Up {
		err = s.host.PutUp(write)
	} else {
		err = s.host.Save(name, "application/zip", write)
	}
	s.measure = nil
	if err != nil {
		return err
	}
	s.host.Send(protocol.Saved{ID: c.ID, Name: name, Lost: lost})
	return nil
}

// fileName returns a project's name as that of a file.
func fileName(name string) string {
	var b bytes.Buffer
	for _, r := range name {
		if r < ' ' || bytes.ContainsRune([]byte(`/\:*?"<>|`), r) {
			r = '_'
		}
		b.WriteRune(r)
	}
	return b.String()
}
