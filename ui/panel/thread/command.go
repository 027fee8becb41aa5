package thread

import (
	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel"
	"deskhand/ui/panel/stage"
	"deskhand/ui/widget"
)

// commands writes the lines of the commands that were drafted between two messages.
func (b *builder) commands(before, after *assist.Message) {
	if before == nil && b.c.More {
		return // they may belong further up
	}
	for _, x := range b.c.Commands {
		if before != nil && x.CreatedAt.Before(before.At) || after != nil && !x.CreatedAt.Before(after.At) {
			continue
		}
		e := Entry{ID: "x" + x.ID, Kind: SystemLine, Command: x.ID}
		e.Text = b.p.desk.CommandTitle(x) + " · " + b.p.desk.CommandState(x)
		b.add(e)
	}
}

// LoadCommands asks what the back office was asked to change in the conversation.
func (p *Presenter) LoadCommands() {
	p.asked++
	id, asked := p.id, p.asked
	if id == 0 {
		return
	}
	p.desk.Ask(wire.AgentCommands{Conversation: id}, func(f wire.Frame, err error) {
		if l, ok := f.(wire.AgentCommandList); ok && err == nil && asked == p.asked && id == p.id { // else they are asked for anew
			p.desk.Apply(l)
		}
	})
}

// Command is a command of the conversation in full.
func (p *Presenter) Command(id string) (panel.Sheet, bool) {
	if c := p.desk.State.Conversation(p.id); c != nil {
		for _, x := range c.Commands {
			if x.ID == id {
				return p.desk.Sheet(x), true
			}
		}
	}
	return panel.Sheet{}, false
}

// command shows a command in full.
func (v *View) command(id string) {
	sh, ok := v.p.Command(id)
	if !ok {
		return
	}
	body := widget.NewColumn(8, append(stage.Sheet(sh), widget.NewChip(widget.Plain, "", sh.State))...)
	widget.ShowDialog(v.stage.Canvas(), widget.DialogOptions{Title: sh.Title, Body: body, Width: 520,
		Buttons: []widget.ButtonOptions{{Text: v.stage.T("dialog.close")}}})
}

// renewCommands has all lines written anew when the commands are others: they may stand among what is settled.
func (v *View) renewCommands() {
	var now []wire.CommandView
	if c := v.stage.State.Conversation(v.p.ID()); c != nil {
		now = c.Commands
	}
	if len(now) != len(v.commands) || len(now) > 0 && &now[0] != &v.commands[0] {
		v.commands, v.settled = now, settled{}
	}
}
