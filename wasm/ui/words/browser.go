package words

// BrowserWords are what the page says of the browser: what it did not do, and why.
type BrowserWords struct {
	Refused Refusals

	NoModel                    string // of the error
	Copied, LinkCopied, NoCopy string
	NoPaste, NoClipboard       string
	NoKit                      string // of the reason
	NoTestPicture              string // of the error
	TestPictureBytes           string // how many, and how many they should be
	NoCameras, CamerasSecret   string // the second of the error
	CameraAbsent               string
	CameraInsecure             string
	CameraShut                 string            // of the reason
	CameraFails                map[string]string // by the DOMException's name
	CameraBlank, CameraStopped string            // the second of the reason
	CameraEnded                string            // a reason
	NotKept                    string            // of the error
	CanvasLost                 string
}

// Refusals say what the browser did not do, each of the error.
type Refusals struct {
	Examine, Copy, Send, StartWorker, Choose, Paste, PickColor, Fetch, KeepTheme, Update, OpenPicture, Camera, StopCamera, Read, Save, Address, Remember, Awake, Persist string
}

// Browser are the words in English.
var Browser = BrowserWords{
	Refused: Refusals{
		Examine:     "The browser did not say what it has (%v).",
		Copy:        "The browser did not copy (%v).",
		Send:        "The browser did not pass a message on (%v).",
		StartWorker: "The browser did not start a worker (%v).",
		Choose:      "The browser did not open a file chooser (%v).",
		Paste:       "The browser did not paste (%v).",
		PickColor:   "The browser did not open a colour chooser (%v).",
		Fetch:       "The browser did not fetch a picture (%v).",
		KeepTheme:   "The browser did not save the theme (%v).",
		Update:      "The browser did not load the new version (%v).",
		OpenPicture: "The browser did not open the picture (%v).",
		Camera:      "The browser did not open the camera (%v).",
		StopCamera:  "The browser did not stop the camera (%v).",
		Read:        "The browser did not read the file (%v).",
		Save:        "The browser did not save the file (%v).",
		Address:     "The browser did not change the address (%v).",
		Remember:    "The browser did not save this for later visits (%v).",
		Awake:       "The browser did not keep the screen on (%v).",
		Persist:     "The browser did not promise to keep files (%v).",
	},

	NoModel:     "The network could not be loaded: %v.",
	Copied:      "Copied. Paste it where you report the fault.",
	LinkCopied:  "Copied. Paste the link to share these settings.",
	NoCopy:      "The browser did not allow copying. You can read it in Help, under This browser.",
	NoPaste:     "This browser does not let a button paste. Press Ctrl+V, or Cmd+V on a Mac.",
	NoKit:       "The page could not be put together, because its files did not come: %v",
	NoClipboard: "The browser did not allow reading the clipboard. Press Ctrl+V, or Cmd+V on a Mac.",

	NoTestPicture:    "The server did not send a test picture (%v).",
	TestPictureBytes: "The server sent %d bytes for a test picture; it has %d.",

	NoCameras:      "This browser lets no page use one.",
	CamerasSecret:  "The browser does not say what cameras there are (%v).",
	CameraAbsent:   "This computer has none.",
	CameraInsecure: "The camera works only over https or on this computer. Upload a picture instead.",
	CameraShut:     "The camera could not be opened (%v). Upload a picture instead.",
	CameraFails: map[string]string{
		"NotAllowedError":      "The camera is not allowed for this page. Allow it beside the address, and for the browser in the system's settings, and try again.",
		"NotFoundError":        "No camera was found. Connect one and try again, or upload a picture instead.",
		"OverconstrainedError": "No camera was found. Connect one and try again, or upload a picture instead.",
		"NotReadableError":     "The camera is in use by another program or page. Close that and try again.",
		"AbortError":           "The camera is in use by another program or page. Close that and try again.",
		"SecurityError":        "The camera is switched off in this browser's settings. Upload a picture instead.",
	},
	CameraBlank:   "The camera's picture could not be shown.",
	CameraStopped: "The camera has stopped (%v).",
	CameraEnded:   "the browser has ended it",

	NotKept:    "Not everything could be saved for offline use (%v). Try again when you are online.",
	CanvasLost: "The browser has taken the canvas away (webglcontextlost).",
}
