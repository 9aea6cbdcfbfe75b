package words

// RoomWords are the texts of what a room shares, in the Classes view.
type RoomWords struct {
	Title, About, Code, CodeLong, Fetch, FetchLong, NoCode        string
	PutUp, PutUpLong, Pictures, PicturesLong, Nothing, NotLearned string
	Key, KeyLong, NoKey, Forget, ForgetLong                       string
	Packing, Sending, Checking, Fetching, Asking, Cancel          string
	UpTitle, Up, Delete, DeleteLong, Deleted                      string
	List, ListCode, ListName, ListPictures                        string

	Silent, WrongKey, WrongCode, Slow, Cut, Large, Refused, Guessed, Busy, Full, Other, Lost string
}

// Room are the texts of what a room shares in English.
var Room = RoomWords{
	Title: "In this room", About: "The server of this room passes projects on. Nothing is sent before you press.",
	Code: "Code", CodeLong: "The code of a project, which is read out or stands on the projector", Fetch: "Fetch from the room", FetchLong: "Fetch the project of this code and open it beside yours", NoCode: "Type the code first.",
	PutUp: "Put up for the room", PutUpLong: "Send this project to the room's server, which gives it a code. Everybody in the room who has the code can fetch it",
	Pictures: "With its pictures", PicturesLong: "Without them only the names of the classes and the network are put up",
	Nothing: "The project is empty: bring pictures first.", NotLearned: "Without pictures there is nothing but a network: train it first.",
	Key: "Teacher's key", KeyLong: "What the server printed when it was started. It is asked for once, and forgotten when you press Forget the key or close the page", NoKey: "Type the key, which the server printed when it was started, and press again.",
	Forget: "Forget the key", ForgetLong: "Put the key, the code and the list away, so that nobody else at this device can put projects up or delete them. What is put up stays",
	Packing: "Packing …", Sending: "Sending, %s of %s", Checking: "The server checks every picture; of many this can take a minute …", Fetching: "Fetching, %s of %s", Asking: "Asking the server …", Cancel: "Cancel",
	UpTitle: "The code of %q", Up: "%s in %s, there until %s or until you delete it.",
	Delete: "Delete it in the room", DeleteLong: "Nobody can fetch it any more; who has fetched it keeps it", Deleted: "%s was deleted in the room.",
	List: "Put up in this room", ListCode: "Code", ListName: "Project", ListPictures: "Pictures",

	Silent:   "The server did not answer. Is it running, and is this computer in its network?",
	WrongKey: "That is not the key. The server printed it when it was started.", WrongCode: "Nothing is put up under %s. Look at the code once more.",
	Slow: "That took too long. Try again, nearer to the router.", Cut: "The transfer was cut off. Try again.", Large: "The project has %s; the room takes at most %s. Put it up without its pictures.",
	Refused: "The server did not take it: %s.", Guessed: "There were too many wrong tries. Wait a minute.", Busy: "Another project is being put up. Try again in a moment.",
	Full: "The server did not keep it: %s.", Other: "The server answers %d: %s.", Lost: "The worker stopped. Try again.",
}
