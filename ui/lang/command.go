package lang

import "strings"

// Did names a change of the back office, "orders.cancel". Actions of a company's own are shown as they are, made legible.
func (c *Catalogue) Did(action string) string {
	return c.Try("did."+action, strings.NewReplacer(".", ": ", "_", " ").Replace(action))
}

// Arg names a value of a command, or of what the bot knows.
func (c *Catalogue) Arg(name string) string {
	return c.Try("arg."+name, strings.ReplaceAll(name, "_", " "))
}

// CommandState says how far a command has come.
func (c *Catalogue) CommandState(state string) string { return c.Try("command.state."+state, state) }

// ApprovalWhy says why somebody must approve a command; "" if nobody must.
func (c *Catalogue) ApprovalWhy(why string) string { return c.Try("approval.why."+why, why) }

// Money writes an amount that is given in hundredths.
func (c *Catalogue) Money(hundredths int64, currency string) string {
	sign := ""
	if hundredths < 0 {
		sign, hundredths = "-", -hundredths
	}
	digits := c.Number(hundredths/100) + "." + string([]byte{'0' + byte(hundredths%100/10), '0' + byte(hundredths%10)})
	if symbol, ok := map[string]string{"USD": "$", "EUR": "€", "GBP": "£", "CNY": "¥"}[currency]; ok {
		return sign + symbol + digits
	}
	return strings.TrimSpace(sign + digits + " " + currency)
}
