package library

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"unicode/utf8"

	"tenfold/nn/task"
)

// The runs are kept under this name for later visits, up to this many, each with up to this
// many points of a curve.
const (
	runsName   = "runs"
	keepRuns   = 20
	keepPoints = 250
)

// Limits of what is taken up of an earlier visit.
const (
	maxKept   = 8 << 20 // bytes of all runs
	maxEpochs = 10000
	maxCount  = 1 << 40 // of pictures, bytes or seconds
	maxText   = 500     // bytes
	maxCode   = 1 << 16 // bytes of what a network is written as
)

// keep puts the run that has ended among those that are kept.
func (l *Library) keep() {
	if l.Run.ended() {
		l.Runs = append([]Run{l.Run}, l.Runs...)
		for len(l.Runs) > keepRuns {
			l.forgetNetwork(&l.Runs[keepRuns])
			l.Runs = slices.Delete(l.Runs, keepRuns, keepRuns+1)
		}
	}
	l.Run = Run{ID: l.Run.ID}
}

// ended reports whether a run was begun and has come to an end.
func (r *Run) ended() bool { return r.Began.Trained > 0 && r.Finished != nil }

// Delete removes the i-th of Runs.
func (l *Library) Delete(i int) {
	if i >= 0 && i < len(l.Runs) {
		l.forgetNetwork(&l.Runs[i])
		l.Runs = slices.Delete(slices.Clone(l.Runs), i, i+1)
		l.save()
	}
}

// DeleteLast removes the last run, if it has ended.
func (l *Library) DeleteLast() {
	if l.Run.ended() && !l.Run.Active {
		l.forgetNetwork(&l.Run)
		l.Run = Run{ID: l.Run.ID}
		l.save()
	}
}

// save has the browser keep the runs that have ended, the present one first. JSON has no
// numbers that are not finite, as a loss can be: they are left out of what is kept.
func (l *Library) save() {
	all := l.Runs
	if l.Run.ended() {
		all = append([]Run{l.Run}, all...)
	}
	kept := make([]Run, 0, len(all))
	for _, r := range all[:min(len(all), keepRuns)] {
		kept = append(kept, r.written())
	}
	b, err := json.Marshal(kept)
	if err != nil {
		panic(err) // all that JSON has no word for was left out
	}
	l.host.Remember(runsName, string(b))
}

// written returns a copy of a run as it is kept: fewer points, and 0 in place of what is not finite.
func (r Run) written() Run {
	r.Curve.Points = slices.DeleteFunc(slices.Clone(r.Curve.Points), func(p Point) bool { return !finite(p.X, p.Loss, p.Accuracy) })
	for len(r.Curve.Points) > keepPoints {
		r.Curve.Points = half(r.Curve.Points)
	}
	r.Epochs, r.Began.History = slices.Clone(r.Epochs), slices.Clone(r.Began.History)
	if r.Finished != nil {
		f := *r.Finished
		r.Finished = &f
	}
	finiteOnly(reflect.ValueOf(&r).Elem())
	return r
}

func finite(all ...float64) bool {
	for _, v := range all {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}

// finiteOnly writes 0 in place of the floats in v that are not finite.
func finiteOnly(v reflect.Value) {
	switch v.Kind() {
	case reflect.Float64:
		if v.CanSet() && !finite(v.Float()) {
			v.SetFloat(0)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			finiteOnly(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			finiteOnly(v.Index(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			finiteOnly(v.Elem())
		}
	}
}

// restore restores the runs of earlier visits: the newest is shown as the last one. What
// another version of the page, or something else, has left may be anything.
func (l *Library) restore() {
	text := l.host.Recall(runsName)
	var each []json.RawMessage
	if len(text) > maxKept || json.Unmarshal([]byte(text), &each) != nil {
		return
	}
	var all []Run
	for _, b := range each[:min(len(each), keepRuns)] {
		var r Run
		if json.Unmarshal(b, &r) == nil && r.sound() {
			all = append(all, r)
		}
	}
	if len(all) > 0 {
		l.Run, l.Runs = all[0], all[1:]
	}
}

// sound reports whether a run that was kept can be shown, and drops of it what cannot.
func (r *Run) sound() bool {
	job := &r.Began.Job
	switch {
	case !r.ended(), r.Began.Trained > maxCount, r.Began.HeldOut < 0, r.Began.HeldOut > maxCount:
		return false
	case job.Epochs < 1, job.Epochs > maxEpochs, job.Batch < 1, job.Batch > maxCount, job.Limit < 0, job.Limit > maxCount:
		return false
	case job.Shift < 0, job.Shift > task.MaxSide, job.Side < 0, job.Side > task.MaxSide, job.Workers < 0, job.Workers > maxCount:
		return false
	case !within(job.Rate, job.Decay, job.L2) || !share(job.HoldOut):
		return false
	}
	for _, s := range []*string{&job.Data, &job.From, &job.Optimizer, &r.Began.On, &r.State.State, &r.From, &r.Finished.Why, &r.Finished.Network} {
		if len(*s) > maxText || !utf8.ValidString(*s) {
			*s = ""
		}
	}
	for _, s := range []*string{&r.Began.Summary, &r.Began.Code} {
		if len(*s) > maxCode || !utf8.ValidString(*s) {
			*s = ""
		}
	}
	r.State.Epoch, r.State.Epochs = min(max(r.State.Epoch, 0), maxEpochs), min(max(r.State.Epochs, 0), maxEpochs)
	r.State.Step, r.State.Steps = max(r.State.Step, 0), max(r.State.Steps, 0)
	r.State.Workers = min(max(r.State.Workers, 0), 1000)
	r.Unix = min(max(r.Unix, 0), maxCount)
	r.soundCurves()
	r.soundMatrix()
	return true
}

// soundCurves drops the epochs and points that cannot be.
func (r *Run) soundCurves() {
	for _, m := range []*task.Metrics{&r.Began.Before, &r.Finished.Before, &r.Finished.After, &r.Finished.Best.Val, &r.Finished.Best.Train} {
		if !within(m.Loss) || !share(m.Accuracy) {
			*m = task.Metrics{}
		}
	}
	for _, v := range []*float64{&r.Finished.MineBefore, &r.Finished.MineAfter} {
		if !share(*v) {
			*v = 0
		}
	}
	for _, v := range []*float64{&r.State.PicturesPerSec, &r.State.Left} {
		if !within(*v) {
			*v = 0
		}
	}
	r.Epochs, r.Began.History = soundEpochs(r.Epochs), soundEpochs(r.Began.History)
	x := 0.0
	r.Curve.Points = slices.DeleteFunc(r.Curve.Points, func(p Point) bool {
		if p.X < x || p.X > maxEpochs || !within(p.Loss) || !share(p.Accuracy) {
			return true
		}
		x = p.X
		return false
	})
	r.Curve.Points = r.Curve.Points[:min(len(r.Curve.Points), maxPoints)]
}

func soundEpochs(all []task.Epoch) []task.Epoch {
	last := 0
	return slices.DeleteFunc(all, func(e task.Epoch) bool {
		if e.Epoch <= last || e.Epoch > maxEpochs || !within(e.Rate, e.Train.Loss, e.Val.Loss, e.Seconds) || !share(e.Train.Accuracy) || !share(e.Val.Accuracy) {
			return true
		}
		last = e.Epoch
		return false
	})
}

// soundMatrix drops classes that no task can have, and a matrix that is not of the classes.
func (r *Run) soundMatrix() {
	of := task.Task{Classes: r.Classes, Input: task.Shape{1, 1, 1}, Scale: 1}
	if of.Check() != nil {
		r.Classes = nil
	}
	n := len(r.Classes)
	bad := n == 0 || len(r.Matrix) != n
	for _, row := range r.Matrix {
		bad = bad || len(row) != n
		for _, v := range row {
			bad = bad || v < 0 || v > maxCount
		}
	}
	if bad {
		r.Matrix = nil
	}
}

// within reports whether numbers are finite, not negative, and not beyond all reason.
func within(all ...float64) bool {
	for _, v := range all {
		if !(v >= 0 && v <= maxCount) {
			return false
		}
	}
	return true
}

func share(v float64) bool { return v >= 0 && v <= 1 }
