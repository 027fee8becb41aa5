// Package keymap is the list of actions that have a shortcut, the keys they come with, and the keys that a person gave
// them instead. It starts no goroutine.
package keymap

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Action is something with a shortcut. Its words are under "action.<id>".
type Action struct {
	ID    string
	Key   string // as it comes, e.g. "Ctrl+Alt+E"; Ctrl is Command on a Mac
	Group string // "conversation", "writing", "moving", "desk": where the sheet of keys shows it
}

// Actions are all of them, in the order in which they are shown.
func Actions() []Action {
	return []Action{
		{"next", "Alt+J", "moving"}, {"previous", "Alt+K", "moving"},
		{"list_mine", "Ctrl+1", "moving"}, {"list_queue", "Ctrl+2", "moving"}, {"list_bot", "Ctrl+3", "moving"}, {"list_all", "Ctrl+4", "moving"},
		{"approvals", "Ctrl+5", "moving"},
		{"filter", "Ctrl+F", "moving"}, {"assist", "Alt+5", "moving"}, {"customer", "Alt+6", "moving"}, {"history", "Alt+7", "moving"},
		{"understanding", "Alt+U", "moving"},
		{"take_up", "Alt+G", "conversation"}, {"resolve", "Alt+E", "conversation"}, {"resolve_next", "Ctrl+Alt+E", "conversation"},
		{"transfer", "Ctrl+T", "conversation"}, {"to_bot", "Alt+B", "conversation"}, {"snooze", "Alt+M", "conversation"},
		{"tag", "Alt+T", "conversation"}, {"priority", "Alt+R", "conversation"},
		{"reply", "Alt+L", "writing"}, {"note", "Alt+P", "writing"}, {"send_wait", "Ctrl+Return", "writing"}, {"attach", "Ctrl+O", "writing"},
		{"palette", "Ctrl+K", "desk"}, {"search", "Ctrl+Shift+F", "desk"}, {"state", "Alt+S", "desk"},
		{"settings", "Ctrl+,", "desk"}, {"keys", "F1", "desk"},
	}
}

// Map is which key does what.
type Map struct{ own map[string]string }

// New returns the map with a person's own keys, as Encode wrote them. What can't be read, or names no action, is left
// out: the keys then are those they come with.
func New(encoded string) *Map {
	m := &Map{own: map[string]string{}}
	var own map[string]string
	if json.Unmarshal([]byte(encoded), &own) == nil {
		for id, key := range own {
			if _, _, err := Parse(key); m.known(id) && (key == "" || err == nil) {
				m.own[id] = key
			}
		}
	}
	return m
}

func (m *Map) known(id string) bool {
	return slices.ContainsFunc(Actions(), func(a Action) bool { return a.ID == id })
}

// Encode is the person's own keys as text; "" if there are none.
func (m *Map) Encode() string {
	if len(m.own) == 0 {
		return ""
	}
	b, err := json.Marshal(m.own)
	if err != nil {
		panic("ui/keymap: " + err.Error()) // a map of strings always encodes
	}
	return string(b)
}

// Key is the shortcut of an action, "" if it has none.
func (m *Map) Key(id string) string {
	if k, ok := m.own[id]; ok {
		return k
	}
	for _, a := range Actions() {
		if a.ID == id {
			return a.Key
		}
	}
	return ""
}

// Shown is the shortcut as people read it: "Ctrl Alt E".
func (m *Map) Shown(id string) string { return Show(m.Key(id)) }

// Show is a shortcut as people read it.
func Show(key string) string {
	return strings.ReplaceAll(strings.ReplaceAll(key, "+", " "), "Return", "Enter")
}

// Of is the action of a shortcut, "" if none.
func (m *Map) Of(key string) string {
	for _, a := range Actions() {
		if m.Key(a.ID) == key {
			return a.ID
		}
	}
	return ""
}

// Set gives an action another key and returns the action that had it before, which then has none. An empty key takes
// the shortcut away.
func (m *Map) Set(id, key string) (before string, err error) {
	if !m.known(id) {
		return "", fmt.Errorf("no action %q", id)
	}
	if key != "" {
		if _, _, err := Parse(key); err != nil {
			return "", err
		}
		if before = m.Of(key); before == id {
			before = ""
		}
	}
	if before != "" {
		m.own[before] = ""
	}
	m.own[id] = key
	return before, nil
}

// Reset gives all actions the keys they come with.
func (m *Map) Reset() { clear(m.own) }

// Parse reads a shortcut such as "Ctrl+Shift+F". Keys without Ctrl or Alt are refused, but for the function keys: they
// would be typed into texts.
func Parse(key string) (fyne.KeyName, fyne.KeyModifier, error) {
	parts := strings.Split(key, "+")
	name := parts[len(parts)-1]
	var mods fyne.KeyModifier
	for _, p := range parts[:len(parts)-1] {
		switch p {
		case "Ctrl":
			mods |= fyne.KeyModifierShortcutDefault
		case "Alt":
			mods |= fyne.KeyModifierAlt
		case "Shift":
			mods |= fyne.KeyModifierShift
		default:
			return "", 0, fmt.Errorf("shortcut %q: %q is none of Ctrl, Alt, Shift", key, p)
		}
	}
	function := len(name) >= 2 && name[0] == 'F'
	if name == "" || mods&^fyne.KeyModifierShift == 0 && !function {
		return "", 0, fmt.Errorf("shortcut %q: needs Ctrl or Alt and a key", key)
	}
	return fyne.KeyName(name), mods, nil
}

// Write is the inverse of Parse.
func Write(name fyne.KeyName, mods fyne.KeyModifier) string {
	s := ""
	if mods&fyne.KeyModifierShortcutDefault != 0 {
		s += "Ctrl+"
	}
	if mods&fyne.KeyModifierAlt != 0 {
		s += "Alt+"
	}
	if mods&fyne.KeyModifierShift != 0 {
		s += "Shift+"
	}
	return s + string(name)
}

// Shortcuts are what a canvas is to listen for, by action.
func (m *Map) Shortcuts() map[string]fyne.Shortcut {
	out := map[string]fyne.Shortcut{}
	for _, a := range Actions() {
		name, mods, err := Parse(m.Key(a.ID))
		if err == nil && mods != 0 {
			out[a.ID] = &desktop.CustomShortcut{KeyName: name, Modifier: mods}
		}
	}
	return out
}
