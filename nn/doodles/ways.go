package doodles

// way is one way to draw a class.
type way struct {
	name string
	draw func(d *sketch)
}

// ways are how each class is drawn, in the order of the classes. A new way is a function and a
// line of its class's list; all ways of a class are drawn equally often.
var ways = [][]way{airplanes, automobiles, birds, cats, deer, dogs, frogs, horses, ships, trucks}
