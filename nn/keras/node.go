package keras

// The syntax tree of what is read of Python: enough of it for what builds and trains a network.

// node is an expression.
type node struct {
	op    op
	line  int
	text  string  // a name, an attribute's name, an operator, a string
	num   any     // a constant
	kids  []*node // see op
	args  []arg   // of a call
	def   *function
	signs []string // of chained
}

// op says what a node is, and what its kids are.
type op int

const (
	constant   op = iota // num
	identifier           // text
	attribute            // kids[0].text
	call                 // kids[0](args)
	index                // kids[0][kids[1]]
	slice                // kids[0]:kids[1]:kids[2], any of which may be nil
	tuple                // kids
	listing              // [kids]
	mapping              // {kids[0]: kids[1], ...}
	unary                // text kids[0]
	binary               // kids[0] text kids[1]
	choice               // kids[1] if kids[0] else kids[2]
	every                // [kids[0] for kids[1] in kids[2] if kids[3]], kids[3] may be nil; text "{" of a dictionary, whose entries are tuples, "+" if kids[0] is every, too
	anonymous            // a lambda: def
	walrus               // (kids[0] := kids[1])
	chained              // kids[0] text[0] kids[1] and ..., whose operators are in signs
)

// arg is a call's argument: with stars "*" or "**" one that stands for several.
type arg struct {
	name  string
	stars string
	value *node
}

// function is one that the code defines.
type function struct {
	name   string
	params []param
	body   []statement
	value  *node // of a lambda
	line   int
	scope  *scope // in which it was defined
}

type param struct {
	name  string
	stars string
	def   *node // nil for none
}

// statement is one of a program's.
type statement struct {
	verb    verb
	line    int
	targets []*node // of an assignment: a = b = value
	text    string  // its operator: "=" or "+="; what is left out
	value   *node
	body    []statement
	orElse  []statement
	def     *function
	names   [][2]string // of an import: the name here, and the path
}

type verb int

const (
	evaluate  verb = iota // value
	assign                // targets text value
	imports               // names
	define                // def
	gives                 // return value, which may be nil
	when                  // if value: body else: orElse
	loop                  // for targets[0] in value: body
	loopWhile             // while value: body else: orElse
	within                // with and try: body
	klass                 // text(value): body
	outer                 // global and nonlocal: names
	breaks
	continues
	leftOut // text says what
)
