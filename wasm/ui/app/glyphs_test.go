package app_test

import (
	"reflect"
	"testing"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/words"
)

// TestFontsHaveAllTexts checks that what the page itself says can be painted in every browser.
func TestFontsHaveAllTexts(t *testing.T) {
	if !paint.Lacks('猫') || paint.Lacks('ж') {
		t.Error("what the fonts lack is not known")
	}
	for name, p := range words.All() {
		painted(t, name, reflect.ValueOf(p).Elem())
	}
}

func painted(t *testing.T, name string, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		for _, r := range v.String() {
			if r != '\n' && paint.Lacks(r) {
				t.Errorf("%s: the fonts lack %q in %q", name, r, v)
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			painted(t, name+"."+v.Type().Field(i).Name, v.Field(i))
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			painted(t, name, v.Index(i))
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			painted(t, name, v.MapIndex(k))
		}
	}
}
