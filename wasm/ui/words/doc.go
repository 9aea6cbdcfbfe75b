// Package words holds everything that the page says, a file for each room of the house.
//
// The variables hold the texts in English. Another language is one more file, which sets them in
// a function init; All lists them. Texts are whole sentences or labels, with fmt's verbs where a
// name or a figure goes, and %[2]s where a language wants another order. A field marked
// `words:"id"` is not a text, and stays as it is. Package figure writes the figures.
package words

// All are pointers to the texts, by the names of their variables.
func All() map[string]any {
	return map[string]any{
		"App": &App, "Asking": &Asking, "Browser": &Browser, "BrowserKeys": &BrowserKeys, "Build": &Build, "Classes": &Classes, "Classify": &Classify, "Data": &Data, "Diagnosis": &Diagnosis,
		"Evaluate": &Evaluate, "Files": &Files, "Glossary": &Glossary, "Help": &Help, "Keys": &Keys, "Library": &Library, "Model": &Model,
		"Network": &Network, "Nouns": &Nouns, "Page": &Page, "Part": &Part, "Room": &Room, "Sets": &Sets, "Subject": &Subject, "Tour": &Tour, "Train": &Train, "Widget": &Widget,
	}
}
