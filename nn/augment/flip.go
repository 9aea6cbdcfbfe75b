package augment

import "tenfold/nn/task"

// Mirror mirrors a picture of shape [h,w,c] left to right, in its place.
func Mirror(pixels []byte, shape task.Shape) {
	w, c := shape[1], shape[2]
	for ; len(pixels) >= w*c; pixels = pixels[w*c:] {
		for l, r := 0, (w-1)*c; l < r; l, r = l+c, r-c {
			for k := range c {
				pixels[l+k], pixels[r+k] = pixels[r+k], pixels[l+k]
			}
		}
	}
}

// flip mirrors every second picture.
func flip(p *Picture) {
	if p.IntN(2) == 1 {
		Mirror(p.Pixels, p.Shape)
	}
}

// alternate mirrors half of the pictures in the first epoch, drawn by their numbers, and in
// each epoch after that those that it did not mirror in the one before. Source: K. Jordan
// 2024, https://arxiv.org/abs/2404.00498, section 3.6.
func alternate(p *Picture) {
	p.draw("flip", 1<<43, uint64(p.Number)) // of no step
	if (p.IntN(2)+p.batch.Epoch)%2 == 1 {
		Mirror(p.Pixels, p.Shape)
	}
}
