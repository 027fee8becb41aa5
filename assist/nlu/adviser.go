package nlu

// Choice is an intent that an Adviser may choose.
type Choice struct {
	Intent string
	Title  string // in words, in English
}

// Question asks for a second opinion on a text.
type Question struct {
	Text    string
	Reading Reading  // of the text, by the Classifier
	Among   []Choice // what it may be, besides out of scope
	Names   []string // of people, which must not leave the house
	// Ready is called once, from another goroutine, when Advise has something to say to a question that it could not
	// answer at once. It must not block.
	Ready func()
}

// Adviser gives a second opinion on texts that a Classifier is unsure of. It is the optional tier that does I/O, and
// therefore has an interface of its own: Advise never blocks and never fails. It gives a Reading that differs from the
// question's in Ranked, Margin, OutOfScope and Advised alone, or the question's own; settled is false while it has to
// ask elsewhere, and then Ready is called within seconds, whatever comes of it. It is safe for concurrent use.
type Adviser interface {
	Advise(q Question) (r Reading, settled bool)
}
