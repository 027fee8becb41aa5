package thread

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"deskhand/ui/text"
	"deskhand/ui/widget"
	bubbles "deskhand/ui/widget/thread"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

var kinds = [...]bubbles.Kind{FromCustomer: bubbles.Customer, FromAgent: bubbles.Agent, FromBot: bubbles.Bot,
	PrivateNote: bubbles.Note, SystemLine: bubbles.System, TypingLine: bubbles.Line, NewDay: bubbles.Day, UnreadMark: bubbles.Unread}

// item is an entry as the widget draws it.
func (v *View) item(e Entry) bubbles.Item {
	it := bubbles.Item{ID: e.ID, Kind: kinds[e.Kind], Text: e.Text, Below: e.Below, Bad: e.Bad, Action: e.Action,
		Choices: e.Choices, Chosen: e.Chosen}
	if e.Kind == TypingLine {
		it.Spans = []widget.Span{{Text: e.Text}}
		if e.After != "" {
			it.Spans = append(it.Spans, widget.Span{Text: " " + e.After, Face: text.Italic})
		}
		return it
	}
	for _, s := range []widget.Span{{Text: e.Above}, {Text: e.Bold, Face: text.Bold}, {Text: e.After}} {
		if s.Text != "" {
			it.Above = append(it.Above, s)
		}
	}
	v.under(&it, e)
	if e.File != nil {
		it.File = &bubbles.File{Name: e.File.Name, Detail: v.stage.Lang.Bytes(e.File.Size), Icon: iconOf(e.File.Type)}
		if p := v.picture(*e.File); p != nil {
			it.File.Image = p.small
		}
	}
	return it
}

func iconOf(kind string) string {
	switch {
	case strings.HasPrefix(kind, "image/"):
		return "image"
	case strings.HasPrefix(kind, "text/"), kind == "application/pdf":
		return "file-text"
	}
	return "file"
}

func (v *View) tapped(h bubbles.Hit) {
	e, ok := v.entries[h.ID]
	if !ok {
		return
	}
	switch h.Part {
	case bubbles.Body:
		if e.Command != "" {
			v.command(e.Command)
		}
	case bubbles.Action:
		v.p.Retry(e.Message)
	case bubbles.Understood:
		v.unfold(e)
	case bubbles.Attachment:
		if e.File != nil {
			v.opts.OnFile(*e.File)
		}
	}
}

// copy takes what is selected of an entry, or with "" all of it.
func (v *View) copy(id, selected string) {
	if selected == "" {
		selected = v.entries[id].Copyable
	}
	if selected != "" {
		v.stage.Clipboard().SetContent(selected)
		v.stage.Tell(v.stage.T("thread.copied"), false)
	}
}

func (v *View) menu(h bubbles.Hit, at fyne.Position) {
	e, ok := v.entries[h.ID]
	if !ok {
		return
	}
	var items []widget.MenuItem
	selected := v.thread.Selected(h.ID) // the menu takes the focus, and the selection goes
	if e.Copyable != "" {
		items = append(items, widget.MenuItem{Text: v.stage.T("thread.copy"), Icon: "copy", Keys: "Ctrl C", OnTap: func() { v.copy(h.ID, selected) }})
		if e.Kind == FromCustomer {
			items = append(items, widget.MenuItem{Text: v.stage.T("thread.quote"), Icon: "reply", OnTap: func() { v.opts.OnQuote(e.Copyable) }})
		}
	}
	if len(e.Understood) > 0 {
		items = append(items, widget.MenuItem{Text: v.stage.T("thread.understood"), Icon: "bot", Checked: v.unfolded[e.ID], OnTap: func() { v.unfold(e) }})
	}
	if e.Command != "" {
		items = append(items, widget.MenuItem{Text: v.stage.T("thread.command"), Icon: "clipboard-list", OnTap: func() { v.command(e.Command) }})
	}
	if e.File != nil {
		items = append(items, widget.MenuItem{Text: v.stage.T("thread.save"), Icon: "download", OnTap: func() { v.opts.OnFile(*e.File) }})
	}
	if e.Bad {
		items = append(items,
			widget.MenuItem{Text: v.stage.T("thread.retry"), Icon: "refresh-cw", OnTap: func() { v.p.Retry(e.Message) }},
			widget.MenuItem{Text: v.stage.T("thread.discard"), Icon: "trash-2", Harm: true, OnTap: func() { v.p.Discard(e.Message) }})
	}
	if len(items) > 0 {
		widget.ShowMenuAt(v.stage.Canvas(), at, items, nil)
	}
}
