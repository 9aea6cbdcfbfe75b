package words

// DiagnosisWords say what a browser has, and what to do about what it lacks.
type DiagnosisWords struct {
	Looking, All, Some string

	Secure, Isolated, Workers, Simd, Relaxed, Memory, Storage, Offline, Camera, Canvas, Faults, Program, Browser string

	Yes, No, None, Unknown string

	SecureFix                                             string
	Shares, Messages, IsolatedSecure, IsolatedHeaders     string
	WorkersValue, OneCore                                 string
	RelaxedFix                                            string
	ThisPage, TrainingTakes, DeviceHas, LittleMemory      string
	Used, Kept, StorageSecure, StorageNone, StorageAtRisk string

	OfflineAll, OfflineUsed, OfflineInstalling, OfflineInstallingFix string
	NeedsSecure, NoService, NotStored                                string

	CameraSecure, CameraInstead string
	NoWebGL, Software           string
	FaultsFix, Fault            string
	Flat                        string
}

// Diagnosis are the words in English.
var Diagnosis = DiagnosisWords{
	Looking: "Checking this browser …",
	All:     "This browser has everything that the page can use.",
	Some:    "This browser: %s to note. Everything else is available.",

	Secure: "Secure address", Isolated: "Cross-origin isolated", Workers: "Workers", Simd: "SIMD", Relaxed: "Relaxed SIMD", Memory: "Memory",
	Storage: "Storage", Offline: "Offline use", Camera: "Camera", Canvas: "Canvas", Faults: "Faults", Program: "Program", Browser: "Browser",

	Yes: "yes", No: "no", None: "none", Unknown: "unknown",

	SecureFix: "Open the page over https, or on this computer as localhost. Without it there is no camera, nothing is kept for later, and workers share no memory.",

	Shares: "yes: workers share memory", Messages: "no: workers send messages",
	IsolatedSecure:  "It needs a secure address. Training works without it, a little slower.",
	IsolatedHeaders: "The server does not send Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp; bin/tenfold does. Training works without, a little slower.",

	WorkersValue: "%s, %s to train with",
	OneCore:      "The browser reports one core, so training uses one. Some browsers hide the others in private windows.",

	RelaxedFix: "This browser does not have it, or it is switched off. Everything works without; on some processors the network is slower. A newer browser may have it.",

	ThisPage: "this page %s", TrainingTakes: "training %s", DeviceHas: "device %.3g GB",
	LittleMemory: "Training takes about 0.5 GB. Close other pages before it.",

	Used: "%s used of %s", Kept: "kept",
	StorageSecure: "It needs a secure address. Pictures and training stay in memory until the page is closed: download what you want to keep.",
	StorageNone:   "This browser keeps no files for the page, as in some private windows. Download what you want to keep.",
	StorageAtRisk: "The browser may delete it when space runs out, and some do after a week without a visit. Download what you want to keep. An installed page is kept longer.",

	OfflineAll: "all files are cached", OfflineUsed: "visited files are cached",
	OfflineInstalling:    "being prepared",
	OfflineInstallingFix: "The browser is storing the page just now. It opens offline when that is done, in a few seconds on a fast connection.",
	NeedsSecure:          "It needs a secure address.",
	NoService:            "This browser has no service workers, as in some private windows.",
	NotStored:            "The browser keeps nothing of a page whose certificate it does not trust. Use localhost, or give tenfold a real one with -cert and -key. If the certificate is a real one, reload the page.",

	CameraSecure:  "It needs a secure address. Upload a picture instead.",
	CameraInstead: "Upload a picture instead.",

	NoWebGL:  "This browser has no WebGL 2, or one that is too small for the screen: it was switched off, the graphics processor is not supported, or the browser hides what it has. Everything works without it.",
	Software: "The page is drawn without the graphics processor, which costs a part of a core. Switch hardware acceleration on in the browser's settings.",

	Fault:     "Fault",
	Flat:      "2D, without WebGL",
	FaultsFix: "Something went wrong in the page's program. Please press Copy as text and report it.",
}
