// Package words holds what the page says, in English, a file for each view. Another language
// is one file that sets these variables.
package words
