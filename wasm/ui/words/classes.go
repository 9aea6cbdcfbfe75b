package words

// ClassesWords are the texts of the Classes view.
type ClassesWords struct {
	Title, About, Looking, InUse, InUseLong, Name, Fresh, Status string
	New, NewLong, Open, OpenLong, Save, SaveLong, Saving, Saved  string
	SavedLost, DeleteSure, CameraOff                             string
	Delete, DeleteLong, UndoLong, NoUndo, Cancel                 string
	Importing, Learning, Lost, Running                           string
	Stays, OwnStays                                              string            // why it cannot be changed
	Sets                                                         map[string]string // that stay as they are
	SetStatus, OfOwn                                             string
	Copy, CopyLong, CopyEach, CopyEachLong, BadEach, Copied      string
	Export, ExportLong, Packing, PageFile, Paged                 string

	// The classes.
	Classes, Class, Pictures, All, Add, AddLong, Most, ClassName string
	DeleteClass, DeleteClassLong, Merge, MergeLong, Choose       string
	ChooseProject, Colour, ColourLong                            string
	Colours                                                      []string

	// Their pictures.
	AllPictures, Files, FilesLong, Folder, FolderLong           string
	Keep, KeepLong, NoClass, Nothing, None, NoneHere            string
	Camera, CameraLong, Record, RecordLong, StopRecord, Preview string
	Rate, RateLong, PerSecond, Delay, DelayLong, BadDelay       string
	Waiting, Recorded                                           string
	Lens, LensLong, Rear, Front, Mirrored, MirroredLong         string
	Coming, Came, KnownAlready, Skipped, SkippedOne, More, One  string
	Back, On, First, Last, Range                                string
	Show, ShowLong, ShowAll, ShowAlike, ShowDisagreeing         string
	Searching, NoneFound, FoundTitle                            string
	Pick, Picked, MoveLong, Remove, RemoveLong                  string

	// Learning them.
	LearnTitle, LearnAbout, Learn, LearnLong, Learned  string
	HoldOut, HoldOutLong, BadShare, Mirror, MirrorLong string
	Split, Few, TrainAll, TrainAllLong, NotLearned     string
	Right, Interval, Little, Matrix, Measure           string
	Wrong, Cell, NoSuch, Taken, Try, TryLong           string
	Trust, Doubts, NoDoubt                             string
}

// Classes are the texts of the Classes view in English.
var Classes = ClassesWords{
	Title: "Your own classes", About: "Bring pictures of anything, name the classes, and train the network to tell them apart. Everything stays in this browser.",
	Looking: "Looking for projects …", InUse: "Project", InUseLong: "The project that is shown and trained on", Name: "Name", Fresh: "Project %d",
	Status: "%s in %s, %s.",
	New:    "New project", NewLong: "Begin a project with two classes", Open: "Open …", OpenLong: "Open a project that was saved as a .zip, or pictures",
	Save: "Save project", SaveLong: "Save the pictures and the network as a .zip that opens here and in any archive program", Saving: "Saving the project …", Saved: "%s was saved.",
	SavedLost: "%s was saved, without %s whose files are lost.", DeleteSure: "Really delete?", CameraOff: "Camera off",
	Delete: "Delete", DeleteLong: "Delete the project %q with its pictures. Save it first if you may want it again", UndoLong: "Undo the last change of the project", NoUndo: "Nothing to undo.", Cancel: "Cancel",
	Export: "Export as page", ExportLong: "Save a .zip with a page that classifies with this network, on any web host or from a USB stick", Packing: "The page is being put together.", PageFile: " page.zip", Paged: "%s was saved: unpack it and open index.html.",
	Stays:     "%s cannot be changed. Copy it into a new project to change the copy.",
	OwnStays:  "Teach uses these pictures, so their classes stay those of CIFAR-10. Copy them into a new project to change the classes there.",
	Sets:      map[string]string{"test": "CIFAR-10, test set", "train": "CIFAR-10, training set", "doodles": "Doodles"},
	SetStatus: "%s in %s. They can be looked at and copied, not changed.", OfOwn: "Pictures that you label in Classify come here. Move or delete them as you like: Teach trains on what is here.",
	Copy: "Copy into a new project", CopyLong: "Begin a project of your own with these classes and pictures", CopyEach: "Pictures per class", CopyEachLong: "How many pictures of each class are copied", BadEach: "1 to %s, please.", Copied: "%s, copy",
	Importing: "Pictures are coming in.", Learning: "Training …", Lost: "the worker stopped; try again", Running: "A run is under way in Train. Stop it first.",

	Classes: "Classes", Class: "Class", Pictures: "Pictures", All: "All classes", Add: "Add class", AddLong: "Add another class", Most: "There may be %d classes.", ClassName: "Name of the class",
	DeleteClass: "Delete class", DeleteClassLong: "Delete the class %q with its pictures", Merge: "Merge into", MergeLong: "Put the pictures of this class into another one", Choose: "Choose a class",
	ChooseProject: "Choose a project", Colour: "Colour", ColourLong: "The colour of this class, here and wherever it is shown",
	Colours: []string{"blue", "red", "purple", "orange", "brown", "pink", "green", "olive", "teal", "grey", "violet", "lime"},

	AllPictures: "All pictures", Files: "Add files …", FilesLong: "Add pictures to this class, or a .zip with a folder for each class", Folder: "Add a folder …", FolderLong: "Add a folder that holds a folder of pictures for each class",
	Keep: "From Classify", KeepLong: "Add the drawing, photo or camera picture that Classify shows to this class", NoClass: "Choose a class first.", Nothing: "Classify shows nothing yet: draw something there.",
	None:     "No pictures yet. Drop files, folders or a .zip with a folder for each class anywhere on this page, paste a picture, or draw in Classify and add it here.",
	NoneHere: "This class has no pictures yet.",
	Camera:   "Camera", CameraLong: "Switch the camera on or off", Record: "Record", RecordLong: "Add pictures of the camera to this class while you hold the button, or, with a short press, until you press again", StopRecord: "Stop recording", Preview: "What the camera sees",
	Rate: "Rate", RateLong: "How many pictures a second are added", PerSecond: "%d a second", Delay: "Delay", DelayLong: "Seconds before the first picture, so that you can step in front of the camera", BadDelay: "0 to %d seconds, please.",
	Lens: "Camera", LensLong: "Which camera, on a device with one on either side", Rear: "Rear", Front: "Front", Mirrored: "Mirrored", MirroredLong: "Turn the picture around, as in a mirror; it is added as it is shown",
	Waiting: "Recording begins in %s s.", Recorded: "%s recorded.",
	Coming: "%s of %s files", Came: "%s added.", KnownAlready: "%s were there already.", Skipped: "%s skipped:", SkippedOne: "%s %s", More: "and %s more.", One: "Picture %s, %s",
	Back: "Back", On: "Next", First: "This is the first page.", Last: "This is the last page.", Range: "%s to %s of %s",
	Show: "Show", ShowLong: "Show all pictures, or those that may be in the wrong class or there twice", ShowAll: "All pictures", ShowAlike: "Look like another one", ShowDisagreeing: "The network disagrees",
	Searching: "Looking …", NoneFound: "There are none.", FoundTitle: "%s found",
	Pick: "Press pictures to move or delete them.", Picked: "%s chosen", MoveLong: "Move the chosen pictures to another class", Remove: "Delete", RemoveLong: "Delete the chosen pictures; Undo brings them back",

	LearnTitle: "Train on your classes", LearnAbout: "The network in use keeps what it has learned to see. Only its last layer is new, so this takes seconds.",
	Learn: "Train", LearnLong: "Train a new last layer for these classes", Learned: "The network knows your classes now: Classify uses it.",
	HoldOut: "Validation split", HoldOutLong: "The share of each class that is not trained on but used to measure the result", BadShare: "1 to 90 percent, please.",
	Mirror: "Mirrored pictures count too", MirrorLong: "Train on mirror images as well. Turn it off where left and right matter, as with a hand that points",
	Split: "%s to train on, %s to measure on.", Few: "Fewer than twenty of each class give an unreliable result.",
	TrainAll: "Train all layers …", TrainAllLong: "Go to Train and continue with every layer of this network", NotLearned: "Train the last layer first.",
	Right: "%s of %s right (%s)", Interval: "With this many pictures the true accuracy lies between %s and %s, nineteen times out of twenty.", Little: "So few pictures give an unreliable result: bring more of each class.",
	Matrix: "Confusion matrix of the validation part", Measure: "Share of the true class, in percent",
	Trust: "It says %s on average and is right in %s (calibration error %s).", Doubts: "Where no class reaches %s, it says \"none of these?\".", NoDoubt: "These are too few pictures to tell when it should say \"none of these?\".",
	Wrong: "Taken for another class", Cell: "%s taken for %s", NoSuch: "– no pictures.", Taken: "taken for %s, %s", Try: "Try it in Classify", TryLong: "Draw, upload or use the camera, and see what the network says",
}
