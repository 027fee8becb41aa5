// Package signin is the first page: the hub's address, login and password, or the desk on this computer.
package signin

import (
	"errors"
	"net"
	"net/url"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"

	"deskhand/assist"
	"deskhand/ui/lang"
	"deskhand/ui/panel/stage"
	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
	"deskhand/ui/widget/field"
)

// Options are what a View needs of its surroundings.
type Options struct {
	Hub, Login string // shown at first
	Local      bool   // there is a desk on this computer
	OnSignIn   func(hub, login, password string)
	OnLocal    func()
}

// View is the page.
type View struct {
	stage    *stage.Stage
	opts     Options
	Content  fyne.CanvasObject
	hub      *field.Field
	login    *field.Field
	password *field.Field
	fault    *widget.Paragraph
	box      *widget.Box // the fault's, hidden while there is none
	err      error
	enter    *widget.Button
}

// cardWide fits the longest label; what went wrong goes on in a second line.
const cardWide = 420

// New returns the page.
func New(s *stage.Stage, o Options) *View {
	v := &View{stage: s, opts: o}
	entry := func(value string, secret bool) *field.Field {
		return s.Field("", field.Options{Text: value, Framed: true, Password: secret, Limit: 300, OnSubmit: func(string) { v.submit() }})
	}
	v.hub, v.login, v.password = entry(o.Hub, false), entry(o.Login, false), entry("", true)
	v.fault = widget.NewParagraph(widget.ParagraphOptions{Style: widget.TextStyle{Size: theme.SizeSub, Ink: theme.Bad}})
	v.box = widget.NewBox(widget.BoxOptions{Padding: widget.Pad(10, 12), Fill: theme.BadSoft, Radius: theme.RadiusCard}, v.fault)
	v.box.Hide()
	v.enter = s.Button("signin.enter", "", widget.ButtonOptions{Kind: widget.Primary, OnTap: v.submit})
	v.hub.SetPlaceholder("https://desk.example.com")
	card := widget.NewBox(widget.BoxOptions{Gap: 6, Padding: widget.Pad(26, 28), Fill: theme.Surface, Border: theme.Border, Radius: theme.RadiusBubble, Width: cardWide})
	card.Add(v.head(), widget.NewBox(widget.BoxOptions{MinTall: 4}), v.box,
		v.label("signin.hub"), v.hub, v.label("signin.login"), v.login, v.label("signin.password"), v.password,
		widget.NewBox(widget.BoxOptions{MinTall: 6}), v.enter)
	if o.Local {
		card.Add(s.Button("signin.local", "", widget.ButtonOptions{OnTap: o.OnLocal}))
	}
	v.Content = widget.NewBox(widget.BoxOptions{Align: widget.Center, Justify: widget.Center, Fill: theme.Raised}, card)
	return v
}

func (v *View) head() fyne.CanvasObject {
	languages := make([]widget.SelectItem, 0, len(lang.Tags()))
	for _, t := range lang.Tags() {
		languages = append(languages, widget.SelectItem{ID: t, Text: lang.NameOf(t)})
	}
	choose := widget.NewSelect(widget.SelectOptions{Items: languages, Chosen: v.stage.Lang.Tag(), OnChange: func(tag string) {
		if err := v.stage.Lang.Use(tag); err != nil {
			v.stage.Tell(err.Error(), true)
		}
	}})
	return widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 10, Align: widget.Center},
		widget.NewIcon("headphones", theme.Primary, 26), widget.Line("Deskhand", text.Bold, 20, theme.Text), widget.Spacer(), choose)
}

func (v *View) label(key string) fyne.CanvasObject {
	return v.stage.Label(key, text.Regular, theme.SizeSub, theme.Muted)
}

// Speak shows the page in another language.
func (v *View) Speak() {
	v.stage.Speak()
	v.Failed(v.err)
}

// Focus goes to the first thing that is missing.
func (v *View) Focus() {
	for _, f := range []*field.Field{v.hub, v.login} {
		if strings.TrimSpace(f.Text()) == "" {
			v.stage.Canvas().Focus(f)
			return
		}
	}
	v.stage.Canvas().Focus(v.password)
}

// Failed shows why nobody was let in, or takes that away; the page may be filled in again.
func (v *View) Failed(err error) {
	v.err = err
	v.enter.SetDisabled(false)
	v.enter.SetText(v.stage.T("signin.enter"))
	if err == nil {
		v.box.Hide()
	} else {
		v.fault.SetText(v.words(err))
		v.box.Show()
	}
	v.Content.Refresh()
}

func (v *View) words(err error) string {
	var network net.Error
	var address *url.Error
	switch {
	case errors.Is(err, errAddress):
		return v.stage.T("signin.address")
	case assist.AsError(err) == nil && (errors.As(err, &network) || errors.As(err, &address)):
		return v.stage.T("signin.unreachable", "hub", v.hub.Text())
	case assist.CodeOf(err) == assist.CodeUnauthenticated:
		return v.stage.T("signin.refused")
	}
	return v.stage.Lang.Error(err)
}

var errAddress = errors.New("not the address of a hub")

// Address is what was typed as a hub's address: https unless it says otherwise or is this computer.
func Address(typed string) (string, error) {
	s := strings.TrimRight(strings.TrimSpace(typed), "/")
	if s == "" {
		return "", errAddress
	}
	if !strings.Contains(s, "://") {
		host := s
		if h, _, err := net.SplitHostPort(s); err == nil {
			host = h
		}
		scheme := "https://"
		if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
			scheme = "http://"
		}
		s = scheme + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || !isHost(u.Host) || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" {
		return "", errAddress
	}
	return u.Scheme + "://" + u.Host, nil
}

// isHost tells whether a host, perhaps with a port, holds only what names and addresses are made of.
func isHost(host string) bool {
	strange := strings.ContainsFunc(host, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-._:[]", r)
	})
	return !strange && !strings.HasSuffix(host, ":")
}

func (v *View) submit() {
	if v.enter.Disabled() {
		return
	}
	hub, err := Address(v.hub.Text())
	if err != nil {
		v.Failed(err)
		v.stage.Canvas().Focus(v.hub)
		return
	}
	login, password := strings.TrimSpace(v.login.Text()), v.password.Text()
	if login == "" || password == "" {
		v.Focus()
		return
	}
	v.Failed(nil)
	v.enter.SetText(v.stage.T("signin.asking"))
	v.enter.SetDisabled(true)
	v.opts.OnSignIn(hub, login, password)
}
