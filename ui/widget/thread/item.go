package thread

import (
	"image"
	"time"

	"fyne.io/fyne/v2"

	"deskhand/ui/text"
	"deskhand/ui/widget"
)

// Kind is what an item looks like.
type Kind uint8

// The kinds.
const (
	Customer Kind = iota // bubble at the left
	Agent                // bubble at the right, strong
	Bot                  // bubble at the right, in the colour of programs
	Note                 // private note at the right
	System               // centred line in a frame
	Line                 // small plain line at the left, for who types
	Day                  // centred date between hairlines
	Unread               // divider before what is new
)

// Item is one row of the thread. Everything but ID and Kind may be empty.
type Item struct {
	ID   string // unique in the thread
	Kind Kind
	Text string
	// Spans, if any, are shown instead of Text, for bold and italic of our own making.
	Spans []widget.Span
	Above []widget.Span // small line above the bubble: "Bot · intent refund_status 0.94"
	Below string        // small line below it: "14:02 · delivered"
	// Under is a small line right under the bubble that is cut at the edge; a click on it is a hit of Understood. While Open
	// is shown in full instead, one fact a line.
	Under []widget.Span
	Open  []widget.Span
	Bad   bool // Below tells of a failure
	// Action is a link behind Below ("Retry"); see Options.OnAction.
	Action string
	Second string // under the text, divided by a hairline: the translation
	File   *File
	// Choices are what the bot offered; Chosen is 1 + the index of the one taken, 0 while none is.
	Choices []string
	Chosen  int
}

// File is an attachment.
type File struct {
	Name   string
	Detail string      // size, kind: "PDF · 213 kB"
	Icon   string      // of assets/icons; "" is "file"
	Image  image.Image // thumbnail, already small; nil for other files
}

// cleaned returns the item with all that comes from outside made safe to draw.
func (it Item) cleaned() Item {
	it.Text, it.Second, it.Below = text.Clean(it.Text), text.Clean(it.Second), text.Clean(it.Below)
	if it.File != nil {
		f := *it.File
		f.Name, f.Detail = text.Clean(f.Name), text.Clean(f.Detail)
		if f.Icon == "" {
			f.Icon = "file"
		}
		it.File = &f
	}
	if len(it.Choices) > 0 {
		choices := make([]string, len(it.Choices))
		for i, c := range it.Choices {
			choices[i] = text.Clean(c)
		}
		it.Choices = choices
	}
	return it
}

// Part is what of an item was hit.
type Part uint8

// The parts. Body is the bubble or the line itself.
const (
	Nothing Part = iota
	Body
	Attachment
	Action
	Choice
	Understood
)

// Hit tells what is at a position.
type Hit struct {
	ID    string
	Part  Part
	Index int // of the choice
}

// Options describe a Thread. Callbacks may be nil.
type Options struct {
	Items []Item
	// OnOlder is called when the beginning comes near while there may be more; then not again until Prepend or
	// NoOlder was.
	OnOlder func()
	// OnTap is called for a click on an attachment, an action, a choice or a system line.
	OnTap func(Hit)
	// OnMenu is called for a click with the second button, or the menu key on the marked item, with the absolute
	// position for a menu (copy, reply, correct…).
	OnMenu func(h Hit, at fyne.Position)
	// OnCopy is called for Ctrl+C: with what is selected of an item, or "" for the whole of the marked one.
	OnCopy func(id, selected string)
	// Now counts clicks; default time.Now.
	Now func() time.Time
	// OnEnd is called when the view begins or ceases to show the end, for read marks.
	OnEnd func(shown bool)
	// LatestTip is the tooltip of the button that leads back to the end.
	LatestTip widget.Tip
}
