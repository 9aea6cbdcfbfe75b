package e2e

import (
	"testing"
	"time"
)

func TestZZCost(t *testing.T) {
	for _, name := range []string{"tutorial", "tenfold", "resnet20", "slim", "perceptron"} {
		p := ready(t, laptop, 2500)
		p.set("network-preset", name)
		time.Sleep(time.Second)
		p.wait(`document.getElementById("network-takes")`)
		time.Sleep(3 * time.Second)
		t.Log(name, p.text("network-takes"))
		p.press("network-train")
		p.set("train-data", "test")
		p.set("train-holdout", "0.2")
		p.set("train-workers", "1")
		p.set("train-batch", "128")
		p.press("train-start")
		p.waitLong(trainStatus("pictures/s"))
		time.Sleep(25 * time.Second)
		t.Log(name, p.text("train-status"), p.text("train-inside-share"), p.memory())
		p.press("train-stop")
		time.Sleep(3 * time.Second)
	}
}
