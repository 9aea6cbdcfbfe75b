package augment

import "tenfold/nn/task"

func checkJitter(r *task.Recipe) error {
	return between("a colour jitter of", r.Jitter, 0, 1)
}

// jitter multiplies a picture's brightness, then its contrast, then its colours' saturation,
// each with a number from 1-Recipe.Jitter to 1+Recipe.Jitter. Source: torchvision's
// ColorJitter, which draws their order too.
func jitter(p *Picture) {
	factor := func() float32 { return 1 + float32(p.Recipe.Jitter*(2*p.Float64()-1)) }
	recolour(p.Pixels, p.Shape[2], factor(), factor(), factor())
}

// recolour changes the brightness, the contrast and, of three channels, the saturation.
func recolour(pixels []byte, channels int, brightness, contrast, saturation float32) {
	mean := float32(0)
	for i := 0; i < len(pixels); i += channels {
		mean += luma(pixels[i : i+channels])
	}
	mean *= brightness * float32(channels) / float32(len(pixels))
	for i := 0; i < len(pixels); i += channels {
		pixel := pixels[i : i+channels]
		light := luma(pixel)
		for k, v := range pixel {
			v := light + (float32(v)-light)*saturation // all three are linear
			pixel[k] = clip(mean + (v*brightness-mean)*contrast)
		}
	}
}

// luma is how light a pixel is. Source: ITU-R BT.601.
func luma(pixel []byte) float32 {
	if len(pixel) != 3 {
		return float32(pixel[0])
	}
	return 0.299*float32(pixel[0]) + 0.587*float32(pixel[1]) + 0.114*float32(pixel[2])
}
