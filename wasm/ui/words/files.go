package words

// FileWords are what is said of files that are dropped, pasted or chosen.
type FileWords struct {
	NoFile, NoPicture, Elsewhere, Unreadable string
	OnlyText                                 string
	NotRead                                  string // of a name and the browser's reason
	LargeWeights                             string // of a name, its MB and how many there may be
	Nameless                                 string // what a picture without a name is called
	Large                                    string // MB, and how many there may be
	Pixels                                   string // megapixels, and how many there may be
	NotPicture, WebPage, HEIC, Cut, Damaged  string
	Withheld                                 string // of the browser's reason
	Invented                                 string
	Went                                     string // of a name
	Opening, InUse                           string // of a name
	Next, NextLong                           string // of a picture's number and how many there are; of how many
}

// Files are the words in use.
var Files = FileWords{
	NoFile:       "What was dropped is not a file. Save the picture first, or copy and paste it.",
	NoPicture:    "There is no picture on the clipboard. Copy one and try again.",
	OnlyText:     "That is text, not a picture. Copy or drop the picture itself.",
	Elsewhere:    "That picture is on another site, which this page does not ask. Save it there (right-click, Save image as) and drop the file, or copy the picture itself and paste it.",
	Unreadable:   "The browser could not read what was dropped. Choose the files with Upload or Open file instead.",
	NotRead:      "The file %s could not be read: %v.",
	LargeWeights: "The file %s has %d MB; a file of weights may have %d MB.",
	Nameless:     "a picture",
	Large:        "this file has %d MB; the limit is %d MB. Make it smaller and try again",
	Pixels:       "this picture has %d megapixels; the limit is %d. Make it smaller and try again",
	NotPicture:   "this file is not a picture the browser can open. Try a JPEG or PNG",
	WebPage:      "this file is a web page, not a picture. Open it, save the picture itself, and try that",
	HEIC:         "this is a HEIC picture, as iPhones take them, which this browser cannot open. Send it as JPEG: share it by mail or as a screenshot, or choose Settings > Camera > Formats > Most Compatible before you take the next one",
	Cut:          "this picture is cut short: its end is missing. Save or download it again",
	Damaged:      "this picture is damaged, or too large for this browser. Try another one",
	Withheld:     "the browser does not give this picture's pixels away (%v). Save it as PNG and try again",
	Invented:     "this browser gives pages invented pixels instead of a picture's, so that they cannot recognise it. Allow this page to read them (in Firefox and Tor Browser by the picture icon beside the address) and try again",
	Went:         "%s is now the picture in Classify.",
	Opening:      "Opening %s …",
	InUse:        "The file %s is now in use.",
	Next:         "Next (%d of %d)",
	NextLong:     "Show the next of the %d pictures that came together",
}
