// Package shell is the main window: the sign-in, the navigation rail, the pages with their panels, shortcuts, the
// palette, alerts, and what is kept of all that between two starts.
//
// A Shell's goroutines are those that work for the screen (Desk.Go), the connection and its bridge, and one clock. All
// belong to a sign-in and are stopped and waited for when it ends. Everything else happens on Fyne's main goroutine.
package shell

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"deskhand/assist"
	"deskhand/assist/client"
	"deskhand/assist/wire"
	uiclient "deskhand/ui/client"
	"deskhand/ui/keymap"
	"deskhand/ui/lang"
	"deskhand/ui/panel/signin"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
	"deskhand/ui/widget/field"
)

// Hub is a connection to a hub, with the loop that keeps it up.
type Hub interface {
	uiclient.Hub
	// Run keeps the connection up until ctx ends (nil), or until only a person can help.
	Run(ctx context.Context) error
}

// Session is somebody signed in to a hub.
type Session struct {
	Hub   string // address
	Local bool   // the hub is inside this program
	// Connect makes the connection; handle and connection hear of what comes.
	Connect func(handle func(wire.Frame), connection func(client.Connection)) (Hub, error)
	// Memory keeps drafts and the like for this person at this hub.
	Memory uiclient.Memory
	// End forgets the sign-in (with signOut) and closes what the session opened. It is called once, off the main
	// goroutine.
	End func(ctx context.Context, signOut bool) error
}

// Sound plays alerts. It must not block.
type Sound interface {
	// Play plays the sound of a name (message, waiting, urgent) at a volume from 0 to 1.
	Play(name string, volume float64)
}

// Options are what a Shell is made of. All but Resume, Sound, Input and After are required.
type Options struct {
	App      fyne.App
	Lang     *lang.Catalogue
	Log      *slog.Logger
	Settings *uiclient.Keeper // of this computer: language, theme, window, keys, last hub
	Now      func() time.Time // default time.Now
	// Resume signs in without asking, with what was kept or to the desk inside this program; nil if somebody has to be
	// asked. It runs off the main goroutine.
	Resume func(ctx context.Context) (*Session, error)
	// SignIn signs in by password, off the main goroutine.
	SignIn func(ctx context.Context, hub, login, password string) (*Session, error)
	// Local signs in to the desk inside this program; nil if there is none.
	Local func(ctx context.Context) (*Session, error)
	Login string // what the sign-in shows at first
	Hub   string
	Sound Sound
	Input field.Input
	// OnReady is called when the first lists of a sign-in are on the screen.
	OnReady func()
	// Tray is whether the system's tray shows what waits. Without one the library would log an error each time.
	Tray bool
	// Notify is whether the system shows notifications.
	Notify bool
	// Themed is whether the system tells light from dark. Where it doesn't, following it is light: the library would say
	// dark.
	Themed bool
	// After ends passing notices and begins tooltips; nil is the wall clock.
	After widget.After
	// Version is shown in the settings.
	Version string
	// Theme and Size win over what was kept, for this start only; zero: what was kept.
	Theme string
	Size  fyne.Size
}

// Shell is the main window.
type Shell struct {
	opts Options
	win  fyne.Window
	root *widget.Root
	keys *keymap.Map
	desk *desk // nil while nobody is signed in
	sign *signin.View

	ctx    context.Context // of the program
	stop   context.CancelFunc
	work   sync.WaitGroup
	ready  bool
	ended  bool
	active bool // the window is the one that the person works in
}

// New makes the window, without showing it.
func New(o Options) (*Shell, error) {
	if o.App == nil || o.Lang == nil || o.Log == nil || o.Settings == nil || o.SignIn == nil {
		return nil, errors.New("shell: App, Lang, Log, Settings and SignIn are required")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Shell{opts: o, keys: keymap.New(o.Settings.Value("keys"))}
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.applyTheme()
	s.win = o.App.NewWindow("Deskhand")
	s.win.SetPadded(false)
	s.win.SetMaster()
	s.restoreSize()
	s.win.SetCloseIntercept(s.quit)
	s.win.SetOnDropped(func(_ fyne.Position, files []fyne.URI) {
		if s.desk != nil {
			s.desk.dropped(files)
		}
	})
	s.speakLibrary()
	o.Lang.Observe(s.languageChanged)
	o.App.Lifecycle().SetOnEnteredForeground(func() { s.attend(true) })
	o.App.Lifecycle().SetOnExitedForeground(func() { s.attend(false) })
	return s, nil
}

// Start shows the window and signs in if that is possible without asking.
func (s *Shell) Start() {
	if s.opts.Resume == nil {
		s.showSignIn(nil)
	} else {
		s.showOpening()
		s.signIn(s.opts.Resume)
	}
	s.win.Show()
}

// Close ends what runs and waits for it. Afterwards everything that was typed is durable.
func (s *Shell) Close() error {
	s.stop()
	s.work.Wait()
	if s.desk != nil {
		s.desk.close(false)
		s.desk = nil
	}
	s.opts.Settings.Flush()
	return nil
}

// Window is the main window.
func (s *Shell) Window() fyne.Window { return s.win }

func (s *Shell) quit() {
	if s.ended {
		return
	}
	s.ended = true
	s.saveSize()
	s.opts.App.Quit()
}

func (s *Shell) show(page fyne.CanvasObject) {
	s.root = widget.NewRoot(page, s.opts.After)
	s.win.SetContent(s.root)
}

// showOpening says what is being waited for: the local desk starts, the hub is asked.
func (s *Shell) showOpening() {
	s.show(widget.Empty(widget.EmptyOptions{Icon: "headphones", Title: "Deskhand", Next: s.opts.Lang.T("shell.opening")}))
}

// signIn does a way of signing in off the main goroutine and shows the desk, or why not.
func (s *Shell) signIn(way func(context.Context) (*Session, error)) {
	s.work.Go(func() {
		session, err := way(s.ctx)
		if s.ctx.Err() != nil {
			if session != nil {
				_ = session.End(context.Background(), false) // the program ends: nobody is there to be told
			}
			return
		}
		fyne.Do(func() {
			switch {
			case err != nil:
				s.opts.Log.Warn("sign-in refused", "component", "shell", "code", assist.CodeOf(err), "err", err)
				s.showSignIn(err)
			case session == nil:
				s.showSignIn(nil)
			default:
				s.enter(session)
			}
		})
	})
}

func (s *Shell) showSignIn(err error) {
	if s.sign == nil || s.desk != nil {
		s.sign = signin.New(s.bareStage(), signin.Options{
			Hub: s.lastHub(), Login: s.lastLogin(), Local: s.opts.Local != nil,
			OnSignIn: func(hub, login, password string) {
				s.signIn(func(ctx context.Context) (*Session, error) { return s.opts.SignIn(ctx, hub, login, password) })
			},
			OnLocal: func() {
				s.opts.Settings.Set("hub", "") // the next start stays here
				s.signIn(s.opts.Local)
			},
		})
	}
	s.sign.Failed(err)
	s.show(s.sign.Content)
	s.sign.Focus()
}

func (s *Shell) lastHub() string {
	if s.opts.Hub != "" {
		return s.opts.Hub
	}
	return s.opts.Settings.Value("hub")
}

func (s *Shell) lastLogin() string {
	if s.opts.Login != "" {
		return s.opts.Login
	}
	return s.opts.Settings.Value("login")
}

// enter shows the desk of a session.
func (s *Shell) enter(session *Session) {
	d, err := newDesk(s, session)
	if err != nil {
		s.opts.Log.Error("desk not opened", "component", "shell", "err", err)
		s.endSession(session, false)
		s.showSignIn(err)
		return
	}
	s.sign = nil
	s.desk = d
	s.show(d.page)
	d.start()
}

// leave ends the desk. why is an error if it ended by itself.
func (s *Shell) leave(signOut bool, why error) {
	d := s.desk
	if d == nil {
		return
	}
	s.desk = nil
	d.close(signOut)
	s.sign = nil
	s.showSignIn(why)
}

func (s *Shell) endSession(session *Session, signOut bool) {
	s.work.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := session.End(ctx, signOut); err != nil {
			s.opts.Log.Warn("session not ended cleanly", "component", "shell", "err", err)
		}
	})
}

func (s *Shell) applyTheme() {
	name := s.opts.Theme
	if name == "" {
		name = s.opts.Settings.Value("theme")
	}
	mode := map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark}[name]
	if mode == theme.System && !s.opts.Themed {
		mode = theme.Light
	}
	s.opts.App.Settings().SetTheme(theme.New(mode))
}
