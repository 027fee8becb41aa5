package ime

import (
	"encoding/binary"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/godbus/dbus/v5"

	"deskhand/ui/widget/field"
)

func TestKeyEvent(t *testing.T) {
	cases := []struct {
		name             string
		key              field.Key
		sym, code, state uint32
	}{
		{"a letter", field.Key{Rune: 'n', Name: fyne.KeyN, Code: 57}, 'n', 49, 0},
		{"a capital", field.Key{Rune: 'N', Name: fyne.KeyN, Code: 57, Modifiers: fyne.KeyModifierShift}, 'N', 49, stateShift},
		{"Latin-1", field.Key{Rune: 'é'}, 0xe9, 0, 0},
		{"beyond Latin-1", field.Key{Rune: 'ж'}, 0x01000436, 0, 0},
		{"Enter", field.Key{Name: fyne.KeyReturn, Code: 36}, 0xff0d, 28, 0},
		{"Ctrl+Space", field.Key{Name: fyne.KeySpace, Modifiers: fyne.KeyModifierControl}, ' ', 0, stateControl},
		{"a release without its character", field.Key{Name: fyne.KeyN, Code: 57, Release: true}, 'n', 49, stateRelease},
		{"Shift let go", field.Key{Name: desktop.KeyShiftLeft, Code: 50, Modifiers: fyne.KeyModifierShift, Release: true}, 0xffe1, 42, stateShift | stateRelease},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			sym, code, state := keyEvent(c.key)
			if sym != c.sym || code != c.code || state != c.state {
				t.Errorf("got %#x %d %#x, want %#x %d %#x", sym, code, state, c.sym, c.code, c.state)
			}
		})
	}
}

func TestForwardedKey_UndoesKeyEvent(t *testing.T) {
	for _, k := range []field.Key{{Name: fyne.KeyReturn, Code: 36}, {Rune: 'n', Code: 57}, {Rune: '你', Code: 8}, {Name: fyne.KeyLeft, Code: 100, Modifiers: fyne.KeyModifierShift}} {
		if got := forwardedKey(keyEvent(k)); got != k {
			t.Errorf("got %+v, want %+v", got, k)
		}
	}
}

func TestEndpoints_PreferTheDisplaysOwnDaemon(t *testing.T) {
	env := map[string]string{"IBUS_ADDRESS": "unix:path=/a", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/s"}
	got := endpoints(func(k string) string { return env[k] })
	if len(got) != 2 || got[0].bus != "unix:path=/a" || got[0].dest != ibusName || got[1].dest != portalName {
		t.Errorf("got %+v", got)
	}
}

func FuzzSignal(f *testing.F) {
	for _, v := range []any{ibus("你"), uint32(3), "text", dbus.MakeVariant([]any{})} {
		m := &dbus.Message{Type: dbus.TypeSignal, Body: []any{v, uint32(1), true}, Headers: map[dbus.HeaderField]dbus.Variant{
			dbus.FieldPath: dbus.MakeVariant(contextPath), dbus.FieldInterface: dbus.MakeVariant(contextType),
			dbus.FieldMember: dbus.MakeVariant("UpdatePreeditText"), dbus.FieldSignature: dbus.MakeVariant(dbus.SignatureOf(v, uint32(1), true)),
		}}
		var b strings.Builder
		if err := m.EncodeTo(&b, binary.LittleEndian); err == nil {
			f.Add([]byte(b.String()))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := dbus.DecodeMessage(strings.NewReader(string(data)))
		if err != nil {
			return
		}
		for _, member := range []string{"CommitText", "UpdatePreeditText", "HidePreeditText", "ForwardKeyEvent", "DeleteSurroundingText"} {
			if do := effect(member, m.Body); do != nil {
				fl := field.New(field.Options{Multiline: true, Text: "ab你c"})
				do(fl)
			}
		}
	})
}

func FuzzFindCookie(f *testing.F) {
	f.Add([]byte("\x01\x00\x00\x01h\x00\x0282\x00\x12MIT-MAGIC-COOKIE-1\x00\x02xy"), "82")
	f.Fuzz(func(t *testing.T, data []byte, display string) {
		findCookie(data, display)
		if _, err := firstRoot(data); err != nil {
			return
		}
	})
}
