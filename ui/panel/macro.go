package panel

import (
	"strconv"
	"strings"

	"deskhand/assist/wire"
	"deskhand/ui/lang"
)

// Expand fills in the variables of a macro's text for a conversation.
func (d *Desk) Expand(s string, r wire.Row) string {
	language := r.Language
	if language == "" {
		language = lang.Short(d.Lang.Tag())
	}
	return strings.NewReplacer("{{customer.name}}", d.CustomerName(r.CustomerName, r.Customer), "{{agent.name}}", d.State.You().Name,
		"{{conversation.id}}", "#"+strconv.FormatInt(int64(r.ID), 10),
		"{{inbox.name}}", d.State.Inbox(r.Inbox).DisplayName(language)).Replace(s)
}
