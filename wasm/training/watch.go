package training

import (
	"time"

	"tenfold/nn/train"
	"tenfold/wasm/protocol"
)

// What is looked at in a run, and how much of its time that may take.
const (
	watched   = 16 // pictures
	mostShare = 0.03
)

// watch is how a run is looked into as it trains.
type watch struct {
	insight  *train.Insight // nil before the first look
	pictures []protocol.Labelled
	next     time.Time     // when to look again
	every    time.Duration // how long that is from the last look
}

// inside tells the page what there is to see inside of the run, if it is time to. It takes mostShare
// of the time, so that a large network is looked at seldom.
func (s *Session) inside(j *job) {
	w, start := &j.watch, time.Now()
	if s.blind || start.Before(w.next) {
		return
	}
	if w.insight == nil {
		var err error
		if w.insight, err = train.NewInsight(j.run, j.held, watched); err != nil {
			w.next = start.Add(time.Hour) // the run itself will say it
			return
		}
		for i := range w.insight.Labels {
			pixels, class := w.insight.Picture(i)
			w.pictures = append(w.pictures, protocol.Labelled{Picture: pixels, Class: class})
		}
	}
	layers, class, score := w.insight.Look()
	took := time.Since(start)
	w.every = max(liveEvery, time.Duration(float64(took)/mostShare))
	w.next = start.Add(w.every)
	s.host.Send(protocol.Watched{Run: j.id, Layers: layers, Pictures: w.pictures, Class: class, Score: score, Share: took.Seconds() / w.every.Seconds()})
}
