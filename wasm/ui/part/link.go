package part

// LongestHash is how long the part of an address behind the # may be, with the site's own part
// added, so that everything that passes links on accepts it.
const LongestHash = 1900
