package desk

// RoomAsk is what is asked of the server about what a room shares.
type RoomAsk struct {
	What RoomTopic
	Key  string // the teacher's; "" for none
	Code string // of the project that is fetched or deleted
	Most int    // bytes that it takes of a project
}

// RoomTopic is what a RoomAsk is about.
type RoomTopic int

// What can be asked.
const (
	RoomAbout  RoomTopic = iota // whether it shares and, with the key, what
	RoomPutUp                   // the project that was given with SaveProject's Up
	RoomFetch                   // the project of a code, which is opened
	RoomDelete                  // the project of a code
)

// RoomSaid is the server's answer, or how much of it has come.
type RoomSaid struct {
	What        RoomTopic
	Code        string
	Done, Total int    // bytes
	Status      int    // of HTTP, at the end; RoomSilent where none came, RoomGoing before, RoomLeft if it was ended
	Text        string // JSON, or why not
}

// What a RoomSaid may have in place of a status.
const (
	RoomGoing  = 0
	RoomSilent = -1
	RoomLeft   = -2
)
