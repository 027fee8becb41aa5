package verify

// Attempt is what became of a one-time code that a customer typed.
type Attempt struct {
	None    bool // no code was typed
	Right   bool
	Expired bool // it came too late, or was used before; a new one must be sent
	Left    int  // tries that are left
}
