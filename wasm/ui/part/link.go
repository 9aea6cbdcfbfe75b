package part

// LongestHash is how long the part of an address behind the # may be, with the site's own part beside it,
// so that everything that hands links on takes it.
const LongestHash = 1900
