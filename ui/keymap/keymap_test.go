package keymap_test

import (
	"testing"

	"deskhand/ui/keymap"
)

func TestActions_KeysAreReadableAndDifferent(t *testing.T) {
	ids, keys := map[string]bool{}, map[string]string{}
	for _, a := range keymap.Actions() {
		name, mods, err := keymap.Parse(a.Key)
		if err != nil {
			t.Errorf("%s: %v", a.ID, err)
		}
		if got := keymap.Write(name, mods); got != a.Key {
			t.Errorf("%s: %q is written %q", a.ID, a.Key, got)
		}
		if other := keys[a.Key]; other != "" || ids[a.ID] {
			t.Errorf("%s and %s share %s, or an id stands twice", a.ID, other, a.Key)
		}
		ids[a.ID], keys[a.Key] = true, a.ID
	}
}

func TestMap_SetTakesTheKeyFromItsFormerAction(t *testing.T) {
	m := keymap.New("")
	before, err := m.Set("note", "Alt+E")
	if err != nil || before != "resolve" || m.Key("resolve") != "" || m.Of("Alt+E") != "note" {
		t.Fatalf("before %q, err %v, resolve %q, Alt+E is %q", before, err, m.Key("resolve"), m.Of("Alt+E"))
	}
	again := keymap.New(m.Encode())
	if again.Key("note") != "Alt+E" || again.Key("resolve") != "" || again.Key("next") != "Alt+J" {
		t.Errorf("after a restart: note %q, resolve %q, next %q", again.Key("note"), again.Key("resolve"), again.Key("next"))
	}
	again.Reset()
	if again.Key("resolve") != "Alt+E" || again.Encode() != "" {
		t.Errorf("after reset: resolve %q, encoded %q", again.Key("resolve"), again.Encode())
	}
}

func TestMap_RefusesKeysThatWouldBeTyped(t *testing.T) {
	m := keymap.New("")
	for _, key := range []string{"E", "Shift+E", "Hyper+E", "Ctrl+", "+"} {
		if _, err := m.Set("note", key); err == nil {
			t.Errorf("%q was taken", key)
		}
	}
	if _, err := m.Set("no_such_action", "Alt+Z"); err == nil {
		t.Error("an unknown action was taken")
	}
	if m.Key("note") != "Alt+P" {
		t.Errorf("note has %q after refusals", m.Key("note"))
	}
}

func TestNew_LeavesOutWhatCantBeRead(t *testing.T) {
	for _, encoded := range []string{"{", `{"nonsense":"Alt+Z"}`, `{"note":"E"}`, `[1]`} {
		if m := keymap.New(encoded); m.Key("note") != "Alt+P" || m.Encode() != "" {
			t.Errorf("%s: note %q, encoded %q", encoded, m.Key("note"), m.Encode())
		}
	}
}
