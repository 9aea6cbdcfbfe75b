package widget

import (
	"fmt"
	"image/color"
	"math"
	"math/rand/v2"

	"tenfold/wasm/ui/paint"
)

// grower makes random trees.
type grower struct {
	*rand.Rand
	n int
}

var samples = []string{"", "cat", "The curves will be here.", "Lernratenabfall", "Σκάφος αναψυχής", "飞机汽车鸟类猫鹿狗青蛙马船卡车", "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen", "a\nb", "👩‍👩‍👧 é"}

func (g *grower) word() string { return samples[g.IntN(len(samples))] }

func (g *grower) id() string {
	g.n++
	return fmt.Sprint("id", g.n)
}

// odd returns a number that may be anything.
func (g *grower) odd() float64 {
	return []float64{0, 0.3, 1, math.NaN(), math.Inf(1), -2}[g.IntN(6)]
}

func (g *grower) names() []string {
	all := make([]string, []int{0, 1, 2, 10, 100}[g.IntN(5)])
	for i := range all {
		all[i] = g.word()
	}
	return all
}

func (g *grower) leaf() Node {
	nothing := func() {}
	switch g.IntN(15) {
	case 0:
		return Heading{Text: g.word()}
	case 1:
		return Button{ID: g.id(), Label: g.word(), Icon: "start", Do: nothing}
	case 2:
		return Button{ID: g.id(), Label: g.word(), Toggle: true, Disabled: g.word(), Do: nothing}
	case 3:
		return Swatch{ID: g.id(), Color: color.RGBA{A: 255}, Do: nothing}
	case 4:
		return Select{ID: g.id(), Label: g.word(), Value: "x", Hint: g.word()}
	case 5:
		return Number{ID: g.id(), Label: g.word(), Value: g.word(), Hint: g.word(), Invalid: g.word()}
	case 6:
		return Checkbox{ID: g.id(), Label: g.word()}
	case 7:
		return Slider{ID: g.id(), Label: g.word(), Value: g.odd(), Max: g.odd(), Text: g.word(), Set: func(float64) {}}
	case 8:
		return Progress{ID: g.id(), Label: g.word(), Share: g.odd()}
	case 9:
		return Image{ID: g.id(), Name: "x", Picture: photo(1), Caption: g.word(), Square: g.IntN(2) == 0, Do: nothing}
	case 10:
		return Bars{ID: g.id(), Rows: []Bar{{Name: g.word(), Share: g.odd(), Mark: g.odd()}, {Name: g.word(), Share: g.odd(), Do: nothing}}[:g.IntN(3)]}
	case 11:
		names := g.names()
		return Matrix{ID: g.id(), Classes: names, Cells: [][]float64{{g.odd(), g.odd()}, {g.odd()}}, Selected: &Cell{0, g.IntN(200)}, Press: func(int, int) {}}
	case 12:
		pts := []paint.Point{{X: 0, Y: g.odd()}, {X: 1, Y: g.odd()}, {X: g.odd(), Y: 2}}
		return Chart{ID: g.id(), Title: g.word(), Series: []Series{{Name: g.word(), Points: pts[:g.IntN(4)], Bars: g.IntN(2) == 0}}, X: Span{0, g.odd()}, Empty: g.word()}
	case 13:
		return Table{ID: g.id(), Columns: []TableColumn{{Title: g.word()}, {Title: g.word(), Align: paint.Right, Mono: true}}[:g.IntN(3)], Rows: [][]string{{g.word()}, {g.word(), g.word(), g.word()}}, Press: func(int) {}}
	}
	return Text{Text: g.word(), Lines: g.IntN(3), Size: float64(g.IntN(30))}
}

func (g *grower) items(depth int) []Node {
	all := []Node{nil}
	for range g.IntN(5) {
		n := g.node(depth - 1)
		switch g.IntN(5) {
		case 0:
			n = Flex(1+g.Float64(), n)
		case 1:
			n = Hug(n)
		case 2:
			n = Stretch(n)
		case 3:
			n = Fixed(40+200*g.Float64(), n)
		}
		all = append(all, n)
	}
	return all
}

func (g *grower) node(depth int) Node {
	if depth == 0 {
		return g.leaf()
	}
	gap := float64(g.IntN(3) * 8)
	switch g.IntN(6) {
	case 0:
		return Row{Gap: gap, Wrap: g.IntN(2) == 0, Top: g.IntN(2) == 0, Items: g.items(depth)}
	case 1:
		return Grid{Gap: gap, Columns: g.IntN(4), MinCell: float64(g.IntN(200)), Items: g.items(depth)}
	case 2:
		return Card{Name: "card", Title: g.word(), Aside: g.leaf(), Body: g.node(depth - 1), Ground: Ground(g.IntN(3))}
	case 3:
		return g.leaf()
	}
	return Column{Gap: gap, Items: g.items(depth)}
}
