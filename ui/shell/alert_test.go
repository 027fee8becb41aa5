package shell

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/lang"
	"deskhand/ui/panel/paneltest"
	"deskhand/ui/panel/settings"
)

// desktopApp is an app with a tray, notifications and windows that files can be dropped on, which remembers what it was
// given. Fyne's own app for tests forgets it all.
type desktopApp struct {
	fyne.App
	tray    *fyne.Menu
	notices []string
	drop    func(fyne.Position, []fyne.URI)
}

func (a *desktopApp) SetSystemTrayMenu(m *fyne.Menu)  { a.tray = m }
func (a *desktopApp) SetSystemTrayIcon(fyne.Resource) {}
func (a *desktopApp) SetSystemTrayWindow(fyne.Window) {}

func (a *desktopApp) SendNotification(n *fyne.Notification) {
	a.notices = append(a.notices, n.Title+" | "+n.Content)
}

func (a *desktopApp) NewWindow(title string) fyne.Window {
	return dropWindow{a.App.NewWindow(title), a}
}

type dropWindow struct {
	fyne.Window
	app *desktopApp
}

func (w dropWindow) SetOnDropped(f func(fyne.Position, []fyne.URI)) { w.app.drop = f }

// bells is a Sound that remembers.
type bells struct{ played []string }

func (b *bells) Play(name string, volume float64) {
	b.played = append(b.played, fmt.Sprintf("%s %.1f", name, volume))
}

// loud lets the office use all of the desktop.
func loud(o *office) (*desktopApp, *bells) {
	b := &bells{}
	o.shell.opts.Notify, o.shell.opts.Tray, o.shell.opts.Sound = true, true, b
	return o.shell.opts.App.(*desktopApp), b
}

// says lets a customer write in a conversation.
func (o *office) says(id assist.ConversationID, words string) {
	r, _ := o.state.Row(id)
	r.Rev += 100
	r.Seq++
	r.Last = assist.Preview{Text: words, From: assist.ActorCustomer, At: o.now}
	o.paint([]wire.Frame{wire.AgentRows{Rows: []wire.Row{r}}}, nil)
}

func TestAlerts_OnesOwnCustomerIsHeardAndNotifiedWhileAway(t *testing.T) {
	o := openOffice(t)
	app, b := loud(o)
	o.opened(1, nil)
	o.says(1, "are you there?")
	if len(app.notices) != 0 || len(b.played) != 0 {
		t.Errorf("what is read as it comes: %q and %q", app.notices, b.played)
	}
	o.shell.attend(false)
	o.says(1, "hello?")
	if !slices.Equal(app.notices, []string{"Maria Gomez | hello?"}) || !slices.Equal(b.played, []string{"message 0.5"}) {
		t.Errorf("while away: %q and %q", app.notices, b.played)
	}
	o.says(2, "somebody else's")
	if len(app.notices) != 1 {
		t.Errorf("a conversation that is not one's own: %q", app.notices)
	}
	for _, key := range []string{settings.KeyAlerts, settings.KeySound} {
		o.shell.opts.Settings.Set(key, "off")
	}
	o.says(1, "still nobody")
	if len(app.notices) != 1 || len(b.played) != 1 {
		t.Errorf("switched off: %q and %q", app.notices, b.played)
	}
}

func TestAlerts_TypingIsDisturbedOnlyByWhatIsUrgent(t *testing.T) {
	o := openOffice(t)
	_, b := loud(o)
	o.opened(1, nil)
	o.press(fyne.KeyL, fyne.KeyModifierAlt)
	o.field().TypedRune('x')
	o.paint([]wire.Frame{wire.AgentAlert{Kind: "waiting", Conversation: 2, Name: "王晓明"}}, nil)
	if len(b.played) != 0 {
		t.Errorf("while typing: %q", b.played)
	}
	o.paint([]wire.Frame{wire.AgentAlert{Kind: "assigned", Conversation: 3, Name: "Anna"}}, nil)
	if !slices.Equal(b.played, []string{"waiting 0.8"}) {
		t.Errorf("a conversation of one's own: %q", b.played)
	}
	o.shows("Anna was given to you")
}

func TestAlerts_TrayAndTitleCountInTheLanguageInUse(t *testing.T) {
	o := openOffice(t)
	app, _ := loud(o)
	r, _ := o.state.Row(2)
	r.Rev += 100
	r.Status, r.Assignee = assist.StatusHuman, paneltest.Me // another one of one's own, with something unread
	o.paint([]wire.Frame{wire.AgentRows{Rows: []wire.Row{r}}}, nil)
	title := o.shell.win.Title()
	if title != "(2) Deskhand" || app.tray == nil || app.tray.Items[0].Label != title || app.tray.Items[3].Label != "Quit" {
		t.Fatalf("two hold something unread: title %q, tray %+v", title, app.tray)
	}
	if err := o.stage.Lang.Use(lang.Chinese); err != nil {
		t.Fatal(err)
	}
	if got := app.tray.Items[3].Label; got != o.stage.T("shell.quit") || got == "Quit" {
		t.Errorf("in Chinese the tray says %q", got)
	}
}

func TestDrop_GoesIntoTheNextMessage(t *testing.T) {
	o := openOffice(t)
	app, _ := loud(o)
	o.opened(1, nil)
	path := filepath.Join(t.TempDir(), "退款 receipt.txt")
	if err := os.WriteFile(path, []byte("paid"), 0o600); err != nil {
		t.Fatal(err)
	}
	file := storage.NewFileURI(path)
	o.goTo(pageSettings)
	app.drop(fyne.Position{}, []fyne.URI{file})
	if len(o.hub.Uploads) != 0 {
		t.Errorf("dropped on the settings: %q", o.hub.Uploads)
	}
	o.goTo(pageInbox)
	app.drop(fyne.Position{}, []fyne.URI{file, storage.NewFileURI(t.TempDir())})
	if o.hub.Uploads["退款 receipt.txt"] != "paid" || len(o.hub.Uploads) != 1 {
		t.Fatalf("uploaded %q, want the file and not the folder", o.hub.Uploads)
	}
	o.shows("退款 receipt.txt")
	o.field().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(o.hub.Posts) != 1 || len(o.hub.Posts[0].Attachments) != 1 || o.hub.Posts[0].Conversation != 1 {
		t.Errorf("posted %+v", o.hub.Posts)
	}
}
