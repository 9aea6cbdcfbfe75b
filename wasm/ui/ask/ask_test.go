package ask

import "testing"

// TestAskedOnce asks, answers, fails and loses a question, and counts what is sent.
func TestAskedOnce(t *testing.T) {
	var q Question[string, int]
	sent := uint64(0)
	want := func(about string) bool { return q.Want(about, func() uint64 { sent++; return sent }) }
	if !want("a") || want("a") || want("b") || sent != 1 || !q.Pending() {
		t.Fatalf("%d questions while one is under way", sent)
	}
	if q.Answered(0, 7) || q.Answered(2, 7) || q.Answer() != nil {
		t.Error("another question's answer was taken")
	}
	if !q.Progress(1, 5) || *q.Answer() != 5 || !q.Pending() {
		t.Error("a part of the answer was not taken")
	}
	if !q.Answered(1, 7) || *q.Answer() != 7 || q.Pending() || q.Answered(1, 8) {
		t.Error("the answer was not taken, or twice")
	}
	if want("a") || !want("b") {
		t.Error("what was answered is asked again, or something else is not")
	}
	if !q.Failed(q.ID(), "no room") || q.Why() != "no room" || q.Answer() != nil || want("b") {
		t.Error("what has failed is asked again, or it is not said why")
	}
	q.Lost()
	if !want("b") || q.Why() != "" {
		t.Error("what a dead worker was asked is not asked again")
	}
	q.Forget()
	if q.Answered(sent, 9) || !want("b") {
		t.Error("the answer to a question that was forgotten is taken")
	}
}
