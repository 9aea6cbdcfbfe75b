package desk

// Browser is what the page's browser has, as far as it matters here.
type Browser struct {
	Agent      string // its words for itself
	Canvas     string // what draws
	Program    string // of the worker that classifies
	Secure     bool   // a secure context
	Isolated   bool   // cross-origin isolated
	Files      bool   // private files
	Lasting    bool   // it will not remove them by itself
	Service    bool   // service workers
	Installing bool   // the one of this page is being installed: it keeps nothing yet
	Camera     string // "", or why there is none
	Cores      int
	Device     float64 // memory in GB; 0 if it does not say
	Memory     float64 // bytes that this program has taken
	Used       float64 // bytes of storage
	Quota      float64
}

// Flat is the Canvas of a browser without WebGL.
const Flat = "flat"
