package words

// Key is a key that does something, as Help lists it. A test presses them all.
type Key struct {
	View string `words:"id"` // where; "" for everywhere
	Key  string `words:"id"` // as a leaf has it: KeyboardEvent.key with "ctrl+" before it
	Cap  string // as it is written on a keyboard
	Does string
}

// Keys lists the page's keys; a new one adds a line.
var Keys = []Key{
	{"", "?", "?", "Open Help, and close it"},
	{"", "t", "T", "Switch between the light and the dark theme"},
	{"", "p", "P", "Presenter mode: large type, both networks side by side"},
	{"", "o", "O", "Keep everything for offline use"},
	{"", "x", "X", "In presenter mode: start over for the next person"},
	{"", "Escape", "Esc", "Close a message, or Help"},

	{"classify", "1", "1", "Small brush"},
	{"classify", "2", "2", "Medium brush"},
	{"classify", "3", "3", "Large brush"},
	{"classify", "e", "E", "Eraser"},
	{"classify", "f", "F", "Fill"},
	{"classify", "s", "S", "Next sample drawing"},
	{"classify", "u", "U", "Upload a picture"},
	{"classify", "c", "C", "Use the camera"},
	{"classify", "Enter", "Enter", "Take the photo"},
	{"classify", "r", "R", "Random test picture"},
	{"classify", "d", "D", "Back to the drawing"},
	{"classify", "ctrl+z", "Ctrl Z", "Undo"},
	{"classify", "ctrl+y", "Ctrl Y", "Redo"},
	{"classify", "Delete", "Del", "Clear the drawing"},
	{"classify", "+", "+", "Zoom in on the picture"},
	{"classify", "-", "-", "Zoom out"},
	{"classify", "w", "W", "Fit: show the whole picture"},
	{"classify", "q", "Q", "Fill: show the largest square"},

	{"train", " ", "Space", "Pause and continue training"},
	{"train", ".", ".", "Train one step"},

	{"data", "n", "N", "Show other pictures"},
	{"data", "a", "A", "Browse all pictures in order"},
	{"data", "PageUp", "Page up", "Scroll up"},
	{"data", "PageDown", "Page down", "Scroll down"},
	{"data", "ArrowLeft", "Left", "Previous picture"},
	{"data", "ArrowRight", "Right", "Next picture"},

	{"evaluate", "n", "N", "Show other pictures"},

	{"model", "PageUp", "Page up", "Previous layer"},
	{"model", "PageDown", "Page down", "Next layer"},
	{"model", "ArrowLeft", "Left", "The output at the left"},
	{"model", "ArrowRight", "Right", "The output at the right"},
	{"model", "ArrowUp", "Up", "The output above"},
	{"model", "ArrowDown", "Down", "The output below"},
	{"model", "i", "I", "Next channel of the input"},
}

// BrowserKeys are keys that the browser handles. Their View and Key are not used.
var BrowserKeys = []Key{
	{Cap: "Tab", Does: "Go to the next button or field, in the order that one sees"},
	{Cap: "Shift Tab", Does: "Go back"},
	{Cap: "Enter", Does: "Press what has the focus"},
	{Cap: "Ctrl V", Does: "Paste a picture"},
}
