package widget_test

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
	"deskhand/ui/widget/thread"
)

// clock is widget.After that fires when told.
type clock struct {
	due  map[int]func()
	next int
}

func (c *clock) after(_ time.Duration, f func()) func() {
	if c.due == nil {
		c.due = map[int]func(){}
	}
	i := c.next
	c.next++
	c.due[i] = f
	return func() { delete(c.due, i) }
}

func (c *clock) fire() {
	for i := range c.next {
		if f := c.due[i]; f != nil {
			delete(c.due, i)
			f()
		}
	}
}

func TestMain(m *testing.M) {
	test.NewApp().Settings().SetTheme(theme.New(theme.Light))
	os.Exit(m.Run())
}

// show opens what make returns in a window of that size inside a Root.
func show(t testing.TB, mode theme.Mode, make func() fyne.CanvasObject, w, h float32) (fyne.Window, *clock) {
	t.Helper()
	fyne.CurrentApp().Settings().SetTheme(theme.New(mode))
	c := &clock{}
	win := test.NewWindow(widget.NewRoot(make(), c.after))
	t.Cleanup(win.Close)
	win.SetPadded(false)
	win.Resize(fyne.NewSize(w, h))
	return win, c
}

// shoot saves what the canvas shows, if DESKHAND_SHOTS names a folder.
func shoot(t testing.TB, win fyne.Window, name string) {
	t.Helper()
	dir := os.Getenv("DESKHAND_SHOTS")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, win.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}

func each(t *testing.T, f func(t *testing.T, mode theme.Mode, name string)) {
	for name, mode := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		t.Run(name, func(t *testing.T) { f(t, mode, name) })
	}
}

func bold(s string) *widget.Label {
	return widget.NewLabel(widget.LabelOptions{Text: s, Style: widget.TextStyle{Face: text.Bold}, Shrink: true})
}

func tiny(s string, ink color.Color) *widget.Label {
	return widget.NewLabel(widget.LabelOptions{Text: s, Style: widget.TextStyle{Size: theme.SizeTiny, Ink: ink}})
}

func sub(s string, ink color.Color) *widget.Label {
	return widget.Line(s, text.Regular, theme.SizeSub, ink)
}

func inboxRow(name, preview, when string, hot bool, unread int, tone widget.Tone, mark, mood, intent string) fyne.CanvasObject {
	ink := theme.Faint
	if hot {
		ink = theme.Bad
	}
	head := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 8, Align: widget.Center, MinTall: 20},
		widget.Grow(bold(name), 1), tiny(when, ink), widget.NewBadge(unread, widget.Accent))
	body := widget.NewColumn(1, head, sub(preview, theme.Muted),
		widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 4, Padding: widget.Pad(3, 0, 0, 0)},
			widget.NewChip(tone, mark, mood), widget.NewChip(widget.Plain, "", intent)))
	row := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 10, Padding: widget.Pad(9, 12)},
		widget.NewBox(widget.BoxOptions{}, widget.NewAvatar(name, "", 0)), widget.Grow(body, 1))
	return row
}

func agentPage(thread fyne.CanvasObject) fyne.CanvasObject {
	rail := widget.NewBox(widget.BoxOptions{Gap: 6, Padding: widget.Pad(12, 8), Align: widget.Center, Fill: theme.Rail})
	for i, name := range []string{"inbox", "clock", "users", "book-open", "square-pen", "layout-dashboard", "chart-line"} {
		b := widget.NewIconButton(widget.IconButtonOptions{Icon: name, Side: 40, IconSide: 20, Rail: true})
		if i == 0 {
			b.SetOn(true)
			b.SetCount(3)
		}
		rail.Add(b)
	}
	me := widget.NewAvatar("Li Wei", "lw", 36)
	me.SetRing(widget.Good)
	rail.Add(widget.Spacer(), widget.NewIconButton(widget.IconButtonOptions{Icon: "settings", Side: 40, IconSide: 20, Rail: true}), me)

	head := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 8, Padding: widget.Pad(0, 14), Align: widget.Center, MinTall: 52},
		widget.Line("Inbox", text.Bold, theme.SizeHead, theme.Text), widget.NewChip(widget.Good, "●", "Available"), widget.Spacer(),
		widget.NewIconButton(widget.IconButtonOptions{Icon: "search", IconSide: 16}), widget.NewKbd("Ctrl K"))
	tabs := widget.NewBox(widget.BoxOptions{Padding: widget.Pad(8, 10)}, widget.NewTabs(nil,
		widget.TabItem{ID: "m", Text: "Mine", Count: 4}, widget.TabItem{ID: "q", Text: "Queue", Count: 7},
		widget.TabItem{ID: "b", Text: "Bot", Count: 38}, widget.TabItem{ID: "a", Text: "All"}))
	inbox := widget.NewColumn(0, head, widget.Hairline(), tabs, widget.Hairline(),
		inboxRow("Maria Gomez", "This is the third time I explain this!", "SLA 0:48", true, 0, widget.Danger, "▼", "frustrated", "return · refund"), widget.Hairline(),
		inboxRow("王晓明", "宽带从昨晚开始一直断线,能派人来看看吗?", "2m", false, 2, widget.Caution, "◆", "worried", "fault report"), widget.Hairline(),
		inboxRow("Anna Kowalski", "typing… “could I move the transfer to”", "4m", false, 0, widget.Good, "●", "calm", "transfer"), widget.Hairline(),
		inboxRow("李娜", "好的,那我报周末的雅思班", "9m", false, 0, widget.Good, "▲", "happy", "enrolment"), widget.Hairline(),
		widget.Spacer(), widget.Hairline(),
		widget.NewBox(widget.BoxOptions{Axis: widget.Row, Padding: widget.Pad(0, 14), Align: widget.Center, MinTall: 52},
			widget.Line("4 of 6 chats · AHT 3:12 · CSAT 4.7", text.Regular, theme.SizeSmall, theme.Muted)))

	chat := chatColumn(thread)
	side := sideColumn()
	right := widget.NewSplitter(widget.SplitOptions{Fixed: side, Rest: chat, FixedRight: true, Width: 372, Least: 280, LeastRest: 300})
	main := widget.NewSplitter(widget.SplitOptions{Fixed: inbox, Rest: right, Width: 304, Least: 220, LeastRest: 500})
	return widget.NewBox(widget.BoxOptions{Axis: widget.Row}, rail, widget.Grow(main, 1))
}

func chatColumn(thread fyne.CanvasObject) fyne.CanvasObject {
	head := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 8, Padding: widget.Pad(0, 14), Align: widget.Center, MinTall: 52},
		widget.NewAvatar("Maria Gomez", "", 30), bold("Maria Gomez"), widget.Line("#48213", text.Regular, theme.SizeSmall, theme.Faint),
		widget.Spacer(), widget.NewChip(widget.Danger, "", "SLA 0:48"),
		widget.NewButton(widget.ButtonOptions{Text: "Transfer"}), widget.NewButton(widget.ButtonOptions{Text: "Hand to bot"}),
		widget.NewButton(widget.ButtonOptions{Text: "Resolve", Kind: widget.Primary, Tip: widget.Tip{Text: "Resolve", Keys: "Alt E"}}))
	comp := widget.NewBox(widget.BoxOptions{Gap: 8, Padding: widget.Pad(10, 14)},
		widget.NewRow(6, widget.NewTabs(nil, widget.TabItem{ID: "r", Text: "Reply"}, widget.TabItem{ID: "n", Text: "Note"}), widget.Spacer(),
			rewrite("Shorter"), rewrite("Warmer"), rewrite("译中文")),
		widget.NewBox(widget.BoxOptions{Padding: widget.Pad(9, 12), Fill: theme.Surface, Border: theme.Border, Radius: theme.RadiusCard, MinTall: 74},
			widget.Prose("Hi Maria, I'm sorry you had to repeat yourself. I can see the parcel arrived on Nov 14", widget.TextStyle{})),
		widget.NewRow(4, widget.NewIconButton(widget.IconButtonOptions{Icon: "plus"}), widget.NewIconButton(widget.IconButtonOptions{Icon: "smile"}),
			widget.NewIconButton(widget.IconButtonOptions{Icon: "paperclip"}), widget.NewKbd("/"), sub("macros", theme.Muted), widget.Spacer(),
			tiny("Enter sends · Shift+Enter new line", theme.Muted),
			widget.NewButton(widget.ButtonOptions{Text: "Send", IconAfter: "send", Kind: widget.Primary})))
	return widget.NewColumn(0, head, widget.Hairline(), widget.Grow(thread, 1), widget.Hairline(), comp)
}

func rewrite(s string) fyne.CanvasObject {
	return widget.NewButton(widget.ButtonOptions{Text: s, Icon: "spark", Kind: widget.AIButton, Tiny: true})
}

func sideColumn() fyne.CanvasObject {
	tabs := widget.NewBox(widget.BoxOptions{Padding: widget.Pad(8, 10)}, widget.NewTabs(nil,
		widget.TabItem{ID: "a", Text: "Assist"}, widget.TabItem{ID: "c", Text: "Customer"}, widget.TabItem{ID: "k", Text: "Knowledge"},
		widget.TabItem{ID: "h", Text: "History", Count: 5}))
	suggestion := widget.AICard(
		widget.NewRow(6, widget.NewAIChip("Suggested reply"), tiny("91%", theme.Muted), widget.Spacer(), widget.NewKbd("Alt 1")),
		widget.NewParagraph(widget.ParagraphOptions{Spans: []widget.Span{
			{Text: "I'm sorry you had to explain this again, Maria. Your return reached us on Nov 14; I've approved the $329.00 refund now and it will be on your card by "},
			{Text: "Nov 27", Face: text.Bold}, {Text: "."}}}),
		tiny("Sources: Refund policy §3 · Order 7731-204", theme.Muted),
		widget.NewRow(6, widget.NewButton(widget.ButtonOptions{Text: "Insert", Kind: widget.Primary, Small: true}),
			widget.NewButton(widget.ButtonOptions{Text: "Send", Small: true}), widget.Spacer(),
			widget.NewIconButton(widget.IconButtonOptions{Icon: "thumbs-up", IconSide: 16}), widget.NewIconButton(widget.IconButtonOptions{Icon: "thumbs-down", IconSide: 16})))
	step := widget.AICard(widget.NewRow(6, widget.NewAIChip("Next step"), widget.Spacer(), widget.NewKbd("Alt A")),
		widget.Fact(sub("Issue refund $329.00", theme.Text), widget.NewChip(widget.Caution, "", "needs approval")),
		widget.Fact(sub("Offer free express label", theme.Text), widget.NewChip(widget.Good, "", "allowed")))
	customer := widget.Card(widget.Caption("Customer"), widget.Fact(sub("Gold · since 2021", theme.Muted), sub("LTV $2,940", theme.Text)),
		widget.Fact(sub("5 contacts in 30 days", theme.Text), widget.NewChip(widget.Danger, "", "churn risk high")))
	rec := widget.Card(widget.Caption("Recommended"), widget.Fact(sub("QC-45 headphones (same line)", theme.Text), sub("bought WH-XM", theme.Muted)),
		widget.Fact(sub("2-year care plan", theme.Text), sub("after refund", theme.Muted)))
	cards := widget.NewBox(widget.BoxOptions{Gap: 10, Padding: widget.Pad(10, 12)},
		widget.Banner(widget.Danger, "Sentiment falling", "0.1 → −0.7 in 3 messages", "Repeated contact, “third time”. Apologise once, own it, give a date."),
		suggestion, step, customer, rec)
	return widget.NewBox(widget.BoxOptions{Fill: theme.Raised}, tabs, widget.Hairline(), widget.Grow(widget.NewScroll(cards), 1))
}

func TestGallery_AgentPageLaysOutInBothThemes(t *testing.T) {
	each(t, func(t *testing.T, mode theme.Mode, name string) {
		win, _ := show(t, mode, func() fyne.CanvasObject {
			return agentPage(demoThread())
		}, 1440, 900)
		shoot(t, win, "agent-"+name)
	})
}

func demoThread() *thread.Thread {
	th := thread.New(thread.Options{Items: []thread.Item{
		{ID: "1", Kind: thread.System, Spans: []widget.Span{{Text: "Bot handled 6 turns · identity verified · handed off: "},
			{Text: "refund over bot limit", Face: text.Bold}, {Text: " + customer frustrated"}}},
		{ID: "2", Kind: thread.Customer, Text: "I sent the headphones back on Nov 9 and still no refund."},
		{ID: "3", Kind: thread.Bot, Above: []widget.Span{{Text: "Bot · intent "}, {Text: "refund_status", Face: text.Bold}, {Text: " 0.94"}},
			Spans: []widget.Span{{Text: "Thanks Maria. Order "}, {Text: "#7731-204", Face: text.Bold}, {Text: " was received at the warehouse on Nov 14. " +
				"The refund of $329.00 is above what I may approve, so I am bringing in a colleague who already sees all of this."}}},
		{ID: "4", Kind: thread.Customer, Text: "This is the third time I explain this! Your courier lost the first label too.", Below: "14:02 · delivered"},
		{ID: "5", Kind: thread.Note, Text: "Private note · @Supervisor approved refund without inspection, see case 48102"},
	}})
	th.SetTail(thread.Item{ID: "typing", Kind: thread.Line, Spans: []widget.Span{{Text: "Maria is typing… "},
		{Text: "“If it isn't fixed today I will”", Face: text.Italic}}})
	return th
}

func picture(w, h int) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, color.NRGBA{R: uint8(x * 255 / w), G: 0x90, B: uint8(y * 255 / h), A: 255})
		}
	}
	return img
}

func everyKind() *thread.Thread {
	return thread.New(thread.Options{Items: []thread.Item{
		{ID: "d", Kind: thread.Day, Text: "Today"},
		{ID: "a", Kind: thread.Customer, File: &thread.File{Name: "photo-of-the-label.jpg", Detail: "213 kB", Image: picture(400, 260)}, Text: "Here is the label."},
		{ID: "b", Kind: thread.Customer, File: &thread.File{Name: "invoice-2026-11-14.pdf", Detail: "PDF · 88 kB", Icon: "file-text"}},
		{ID: "c", Kind: thread.Customer, Text: "家里宽带断了一晚上了,能不能今天下午派师傅来看一下?光猫上面的红灯一直在闪。", Second: "My broadband has been down all night. Could someone come this afternoon? The red light on the modem keeps blinking."},
		{ID: "e", Kind: thread.Bot, Text: "You mean order NW-7731377, 2 × USB-C Fast Charger. Shall I cancel it?", Choices: []string{"Yes, cancel it", "No, keep it"}, Chosen: 1, Below: "14:01 · read"},
		{ID: "u", Kind: thread.Unread, Text: "3 new messages"},
		{ID: "f", Kind: thread.Agent, Text: "Hi Maria, I saw your return too: your $329.00 are approved.", Below: "14:05 · not sent: no network", Bad: true, Action: "Retry"},
		{ID: "g", Kind: thread.Agent, Text: "退款今天会到账,请留意短信。", Below: "14:06 · sent", File: &thread.File{Name: "receipt.pdf", Detail: "PDF · 12 kB"}},
	}})
}

// parts returns a sheet with every widget in its states.
func parts() fyne.CanvasObject {
	button := func(o widget.ButtonOptions) fyne.CanvasObject { return widget.NewButton(o) }
	buttons := widget.NewRow(8, button(widget.ButtonOptions{Text: "Primary", Kind: widget.Primary}), button(widget.ButtonOptions{Text: "Quiet"}),
		button(widget.ButtonOptions{Text: "Rewrite", Icon: "sparkles", Kind: widget.AIButton}), button(widget.ButtonOptions{Text: "Delete", Kind: widget.Harm}),
		button(widget.ButtonOptions{Text: "Bare", Kind: widget.Bare}), button(widget.ButtonOptions{Text: "Off", Disabled: true}),
		button(widget.ButtonOptions{Text: "Off", Kind: widget.Primary, Disabled: true}))
	chips := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 6, Wrap: true}, widget.NewChip(widget.Plain, "", "plain"), widget.NewChip(widget.Good, "●", "calm"),
		widget.NewChip(widget.Caution, "◆", "worried"), widget.NewChip(widget.Danger, "▼", "frustrated"), widget.NewChip(widget.Accent, "", "new"),
		widget.NewAIChip("Next step"), widget.NewKbd("Ctrl K"), widget.NewBadge(7, widget.Accent), widget.NewBadge(120, widget.Danger))
	bot := widget.NewAvatar("", "", 34)
	bot.SetBot()
	ringed := widget.NewAvatar("王晓明", "", 34)
	ringed.SetRing(widget.Good)
	forms := widget.NewColumn(8, widget.NewToggle(widget.ToggleOptions{Text: "Sound for new conversations", On: true}), widget.NewToggle(widget.ToggleOptions{Text: "Off"}),
		widget.NewToggle(widget.ToggleOptions{Text: "Available", Switch: true, On: true}), widget.NewToggle(widget.ToggleOptions{Text: "Off", Switch: true}),
		widget.NewToggle(widget.ToggleOptions{Text: "Disabled", On: true, Disabled: true}),
		widget.NewSelect(widget.SelectOptions{Items: []widget.SelectItem{{ID: "en", Text: "English"}, {ID: "zh", Text: "简体中文"}}, Chosen: "zh"}),
		widget.NewProgress(0.4, widget.Accent), widget.NewProgress(0.9, widget.Danger), widget.NewSparkline(widget.Accent, 3, 5, 2, 8, 6, 9, 4, 7, 8, 12))
	banners := widget.NewColumn(8, widget.Banner(widget.Good, "Connected", "live", ""), widget.Banner(widget.Caution, "Reconnecting", "since 14:02", "2 messages are queued."),
		widget.Banner(widget.Machine, "Summary", "", "Maria wants her refund."))
	empty := widget.Empty(widget.EmptyOptions{Icon: "inbox", Title: "Nothing waits for you", Next: "Take the next conversation from the queue, or set yourself to away.", Action: "Take next"})
	left := widget.NewBox(widget.BoxOptions{Gap: 14, Padding: widget.Pad(16)}, buttons, chips, widget.NewRow(10, widget.NewAvatar("Anna Kowalski", "", 34), ringed, bot), forms, banners, widget.Grow(empty, 1))
	return widget.NewBox(widget.BoxOptions{Axis: widget.Row}, widget.Grow(left, 1), widget.Hairline(), widget.Grow(everyKind(), 1))
}

func TestGallery_EveryWidgetDrawsInBothThemes(t *testing.T) {
	each(t, func(t *testing.T, mode theme.Mode, name string) {
		win, _ := show(t, mode, parts, 1300, 860)
		win.Canvas().Content().(*widget.Root).Notify(widget.Notice{Tone: widget.Good, Text: "Conversation resolved", Action: "Undo"})
		shoot(t, win, "parts-"+name)
	})
}
