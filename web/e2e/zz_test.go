package e2e
import "testing"
func TestScratch(t *testing.T) {
	for n, l := range map[string]look{"a": laptop, "b": {width: 390, height: 844, scale: 2, phone: true}} {
	p := open(t, l)
	p.shot("scratch-"+n)
	p.click("view-train")
	p.shot("scratch-train-"+n)
	}
}
