package words

// SubjectWords are names of pictures that come from no file.
type SubjectWords struct {
	TestPicture, Camera, Back string
	BadTest                   string
}

// Subject are the words in English.
var Subject = SubjectWords{
	TestPicture: "test picture",
	Camera:      "camera",
	Back:        "your picture",
	BadTest:     "The server sent a test picture that cannot be read.",
}
