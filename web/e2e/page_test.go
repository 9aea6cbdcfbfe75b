package e2e

import "testing"

func TestScreens(t *testing.T) {
	for name, l := range map[string]look{
		"phone-light": {width: 360, height: 740, scale: 2, phone: true}, "phone-dark": {width: 360, height: 740, scale: 2, phone: true, dark: true},
		"laptop-light": {width: 1280, height: 800, scale: 1}, "laptop-dark": {width: 1280, height: 800, scale: 1, dark: true},
		"large-light": {width: 2560, height: 1440, scale: 1}, "large-dark": {width: 2560, height: 1440, scale: 1, dark: true},
	} {
		t.Run(name, func(t *testing.T) {
			p := open(t, l)
			p.shot(name)
		})
	}
}
