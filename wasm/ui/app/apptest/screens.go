package apptest

// Screen is a window that the page is looked at in.
type Screen struct {
	Name string // of a picture's file
	W, H float64
	Dark bool
}

// Screens are those on which every view is looked at.
var Screens = screens()

func screens() (all []Screen) {
	for _, s := range []Screen{{"phone", 390, 844, false}, {"tablet", 768, 1024, false}, {"laptop", 1280, 800, false}, {"large", 1920, 1080, false}} {
		dark := s
		dark.Name, dark.Dark = s.Name+"-dark", true
		all = append(all, s, dark)
	}
	return all
}
