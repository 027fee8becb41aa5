package bot_test

import (
	"testing"

	"deskhand/assist/bot"
)

// A whole turn with its read-back, without a store: the dialogue's own part of the 5 ms that a turn may take.
func BenchmarkDialogue_Turn(b *testing.B) {
	p, company := studioPack(b), bot.Company{}
	for b.Loop() {
		d := newDesk(b, p)
		d.company = company
		d.says("Hi, please book the red room tomorrow at 3 pm")
		d.answers()
		d.says("no, the blue room please")
		d.answers()
		d.says("yes")
		d.answers()
		company = d.company
		company.Office = d.office
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/3, "us/turn")
}
