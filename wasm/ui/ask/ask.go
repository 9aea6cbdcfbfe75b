// Package ask holds questions to a worker: each is asked once and is answered or fails; it
// is never asked again because something was painted.
package ask

// Question holds one kind of question. K says what a question is about, A is its answer.
// The zero value has asked nothing.
type Question[K comparable, A any] struct {
	about  K
	asked  bool   // about was asked, whatever came of it
	id     uint64 // of the question under way; 0 for none
	answer *A
	why    string // why there is no answer
}

// Want asks about something, unless that was asked last or a question is under way. send
// sends it and returns its ID. It reports whether it was sent.
func (q *Question[K, A]) Want(about K, send func() uint64) bool {
	if q.id != 0 || q.asked && q.about == about {
		return false
	}
	q.about, q.asked, q.why = about, true, ""
	q.id = send()
	return true
}

// Answered takes an answer, if it is that to the question under way.
func (q *Question[K, A]) Answered(id uint64, a A) bool {
	if !q.is(id) {
		return false
	}
	q.id, q.answer, q.why = 0, &a, ""
	return true
}

// Progress takes a part of the answer; more will come.
func (q *Question[K, A]) Progress(id uint64, a A) bool {
	if !q.is(id) {
		return false
	}
	q.answer = &a
	return true
}

// Failed takes that the question under way will not be answered, and why; "" if it was
// cancelled. What was answered before is dropped.
func (q *Question[K, A]) Failed(id uint64, why string) bool {
	if !q.is(id) {
		return false
	}
	q.id, q.answer, q.why = 0, nil, why
	return true
}

// Lost says that the worker that was asked has died: the next Want asks again.
func (q *Question[K, A]) Lost() { q.id, q.asked = 0, false }

// Forget drops the answer, and lets the next Want ask. A question under way continues,
// and its answer is dropped.
func (q *Question[K, A]) Forget() { *q = Question[K, A]{} }

// ID returns that of the question under way, 0 for none.
func (q *Question[K, A]) ID() uint64 { return q.id }

// Pending reports whether a question is under way.
func (q *Question[K, A]) Pending() bool { return q.id != 0 }

// Answer returns the last answer, or nil.
func (q *Question[K, A]) Answer() *A { return q.answer }

// Why is why the last question has no answer.
func (q *Question[K, A]) Why() string { return q.why }

func (q *Question[K, A]) is(id uint64) bool { return id != 0 && id == q.id }
