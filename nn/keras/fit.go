package keras

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"tenfold/nn/task"
)

// Arguments by their places, of Keras 3's fit and of Keras 2's fit_generator.
var (
	fitPlaces       = strings.Fields("x y batch_size epochs verbose callbacks validation_split validation_data shuffle class_weight sample_weight initial_epoch steps_per_epoch validation_steps validation_batch_size validation_freq")
	generatorPlaces = strings.Fields("generator steps_per_epoch epochs verbose callbacks validation_data validation_steps validation_freq class_weight max_queue_size workers use_multiprocessing shuffle initial_epoch")
)

// harmless are arguments of fit that change nothing of what is learned here, and unfollowed those that
// would, with the value that means what is done here.
var (
	harmless   = []string{"x", "y", "verbose", "validation_data", "validation_batch_size", "max_queue_size", "workers", "use_multiprocessing"}
	unfollowed = map[string]any{"shuffle": true, "class_weight": nil, "sample_weight": nil, "initial_epoch": int64(0), "validation_steps": nil, "validation_freq": int64(1)}
)

// fit reads how long a model is trained, and by which callbacks. What has an effect in Keras and none
// here gets a note.
func (r *reader) fit(m any, args []given, line int) error {
	if r.fitted != nil && r.fitted != m {
		r.note(line, "several models are trained: the last one is taken")
	}
	if r.chosen != m {
		r.chosen, r.fits, r.scheduled = m, 0, false
	}
	r.fitted = m
	r.fits++
	r.begin()
	before, split := r.recipe, r.holdOut
	r.recipe.Batch, r.recipe.Epochs = 32, 1 // Keras'
	if b, ok := argument(args, 0, "x"); ok {
		if u, is := b.(unknown); is && u.batch > 0 { // a data set in batches
			r.recipe.Batch = u.batch
		}
	}
	var callbacks, steps any
	for i, a := range args {
		if a.name == "" {
			if i >= len(fitPlaces) {
				return wrong(line, "fit takes at most %d arguments by their places", len(fitPlaces))
			}
			a.name = fitPlaces[i]
		}
		var err error
		switch a.name {
		case "batch_size":
			err = atLeast1(&r.recipe.Batch, a, line)
		case "epochs", "nb_epoch": // in Keras 1
			a.name = "epochs"
			err = atLeast1(&r.recipe.Epochs, a, line)
		case "validation_split":
			err = r.split(a.value, line)
		case "callbacks":
			callbacks = a.value
		case "steps_per_epoch", "samples_per_epoch":
			steps = a.value
		default:
			r.unfollowed(a, line)
		}
		if err != nil {
			return err
		}
	}
	r.steady(steps, line)
	if err := r.callbacks(callbacks, line); err != nil {
		return err
	}
	if r.fits > 1 {
		r.again(before, split, line)
	}
	return nil
}

// atLeast1 reads a whole number of 1 or more; None leaves what there is.
func atLeast1(to *int, a given, line int) error {
	if a.value == nil {
		return nil
	}
	n, ok := whole(a.value)
	if why := unclear(a.value, fmt.Sprint(*to)); why != "" {
		return wrong(line, "%s: %s", a.name, why)
	}
	if !ok || n < 1 {
		return wrong(line, "%s: %s: want a whole number of 1 or more", a.name, describe(a.value))
	}
	*to = n
	return nil
}

// split reads the share of the pictures that is held out.
func (r *reader) split(v any, line int) error {
	f, ok := real(v)
	switch {
	case v == nil:
		f = 0
	case !ok:
		return wrong(line, "validation_split: %s", notNumber(v, "0.2"))
	case !(f >= 0 && f < 1):
		return wrong(line, "validation_split: %s: want a share from 0 up to 1", describe(v))
	}
	r.holdOut = f
	return nil
}

// unfollowed notes an argument that would change what is learned.
func (r *reader) unfollowed(a given, line int) {
	want, known := unfollowed[a.name]
	switch {
	case slices.Contains(harmless, a.name), known && same(a.value, want), a.value == nil:
	case a.name == "validation_steps" && isUnknown(a.value): // counted of data
	case a.name == "shuffle":
		if yes, ok := truth(a.value); !ok || !yes {
			r.note(line, "fit: shuffle="+describe(a.value)+" is left out: the pictures come in another order in each epoch")
		}
	case a.name == "initial_epoch":
		r.note(line, "fit: initial_epoch="+describe(a.value)+" is left out: training begins with the first epoch")
	case a.name == "class_weight", a.name == "sample_weight":
		r.note(line, "fit: "+a.name+" is left out: all pictures count the same")
	default:
		r.note(line, "fit: "+cut(a.name)+" is left out")
	}
}

func isUnknown(v any) bool { _, ok := v.(unknown); return ok }

// steady notes a number of steps that is not that of all pictures once.
func (r *reader) steady(steps any, line int) {
	n, ok := real(steps)
	if _, name := steps.(path); !ok && !name { // None, or counted of data
		return
	}
	if all := trainingPictures * (1 - r.holdOut) / float64(r.recipe.Batch); !ok || math.Abs(n-all) > 1 && math.Abs(n-trainingPictures/float64(r.recipe.Batch)) > 1 {
		r.note(line, "fit: steps_per_epoch="+describe(steps)+" is left out: an epoch shows each picture once")
	}
}

// callbacks reads those that change the rate.
func (r *reader) callbacks(v any, line int) error {
	items, ok := listed(v)
	if !ok && v != nil {
		items = []any{v}
	}
	for _, c := range items {
		n, ok := c.(*named)
		switch {
		case !ok && undefined(c) != "" && !isCalled(c):
			r.note(line, "fit: the callback "+cut(undefined(c))+" is not defined in the code, and left out")
		case !ok:
		case n.name == "LearningRateScheduler":
			r.scheduled = true
			if err := r.scheduler(n); err != nil {
				return err
			}
		default:
			r.note(n.line, n.name+" is left out: all epochs are trained, and the best is kept as well")
		}
	}
	return nil
}

// isCalled says whether a value that is not known is what a call gives back: TensorBoard().
func isCalled(v any) bool { u, ok := v.(unknown); return ok && u.undefined != "" }

// again adds the epochs of a model that is trained on to those before, of which the recipe was before.
func (r *reader) again(before task.Recipe, split float64, line int) {
	more := r.recipe
	r.recipe.Epochs = before.Epochs + more.Epochs
	if !r.scheduled && more.Batch == before.Batch && more.Rate == before.Rate && more.Schedule == before.Schedule && more.Decay == before.Decay && r.holdOut == split {
		r.note(line, "fit is called more than once: the epochs are added up")
		return
	}
	epochs := r.recipe.Epochs
	r.recipe, r.holdOut = before, split
	r.recipe.Epochs = epochs
	r.note(line, "fit is called more than once, with other settings: the epochs are added up, and all trained with those of the first")
}

// ending notes a loss that does not fit how the network ends, which is put right here and would not be in
// Keras.
func (r *reader) ending(function string) {
	switch {
	case r.loss == 0:
	case r.logits && function == "softmax":
		r.note(r.loss, "from_logits=True is left out: the network ends in a softmax, and in Keras the loss would apply another one")
	case !r.logits && function != "softmax":
		r.note(r.loss, "the loss wants probabilities, and the network does not end in a softmax: it is trained as with from_logits=True. In Keras, give the last layer activation='softmax', or the loss from_logits=True")
	}
}
