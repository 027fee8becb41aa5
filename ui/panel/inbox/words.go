package inbox

import (
	"strconv"

	"deskhand/assist"
	"deskhand/ui/lang"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func shortLanguage(tag string) string { return lang.Short(tag) }

// Key is a conversation's key in lists.
func Key(id assist.ConversationID) string { return itoa(int64(id)) }

// Empty is what an empty list says: key prefix of title and next step.
func (p *Presenter) Empty() string {
	switch {
	case !p.desk.State.Loaded():
		return "inbox.loading"
	case p.Filtered():
		return "inbox.none"
	}
	return "inbox.empty." + string(p.list)
}
