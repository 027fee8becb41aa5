// Package verify knows what a customer has proved: nothing, who they are, or that they hold the phone on file. It
// issues one-time codes (6 digits, 10 minutes, 3 tries, single use) and judges them; a code is never stored in the
// clear, shown to an agent or logged, and is masked where a customer types it.
package verify

// Level is how sure the desk is of a customer.
type Level string

// The levels, weakest first.
const (
	None       Level = "none"
	Identified Level = "identified" // signed in by the company's page, or matching details
	Strong     Level = "strong"     // identified, and a one-time code came back
)

// Covers tells whether l is enough where need is asked for.
func (l Level) Covers(need Level) bool { return l.rank() >= need.rank() }

func (l Level) rank() int {
	switch l {
	case Strong:
		return 2
	case Identified:
		return 1
	}
	return 0
}
