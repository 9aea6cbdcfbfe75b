package desk

// TourOffered is the Desk's Tour on a first visit, until the user has said yes or no.
const TourOffered = -1

// tourKey is where it is kept that the tour was offered.
const tourKey = "tour"

// offerTour offers the tour to who is here for the first time.
func (d *Desk) offerTour() {
	if d.Host.Recall(tourKey) == "" {
		d.Tour = TourOffered
		d.Host.Remember(tourKey, "offered")
	}
}
