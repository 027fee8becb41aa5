package ime

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"deskhand/ui/widget/field"
)

// Bits of a key event's state, from X11 (X.h) and IBus (ibustypes.h).
const (
	stateShift   = 1 << 0
	stateControl = 1 << 2
	stateAlt     = 1 << 3
	stateSuper   = 1 << 6
	stateRelease = 1 << 30
)

// keysym returns the X11 keysym of a key without a character (keysymdef.h), 0 if it has none.
func keysym(name fyne.KeyName) uint32 {
	switch name {
	case fyne.KeyBackspace:
		return 0xff08
	case fyne.KeyTab:
		return 0xff09
	case fyne.KeyReturn:
		return 0xff0d
	case fyne.KeyEnter:
		return 0xff8d
	case fyne.KeyEscape:
		return 0xff1b
	case fyne.KeyDelete:
		return 0xffff
	case fyne.KeyInsert:
		return 0xff63
	case fyne.KeySpace:
		return ' '
	}
	if sym := moveKeysym(name); sym != 0 {
		return sym
	}
	if sym := modifierKeysym(name); sym != 0 {
		return sym
	}
	return functionKeysym(name)
}

func moveKeysym(name fyne.KeyName) uint32 {
	for i, n := range [...]fyne.KeyName{fyne.KeyHome, fyne.KeyLeft, fyne.KeyUp, fyne.KeyRight, fyne.KeyDown,
		fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyEnd} {
		if n == name {
			return 0xff50 + uint32(i)
		}
	}
	return 0
}

func modifierKeysym(name fyne.KeyName) uint32 {
	switch name {
	case desktop.KeyShiftLeft:
		return 0xffe1
	case desktop.KeyShiftRight:
		return 0xffe2
	case desktop.KeyControlLeft:
		return 0xffe3
	case desktop.KeyControlRight:
		return 0xffe4
	case desktop.KeyCapsLock:
		return 0xffe5
	case desktop.KeyAltLeft:
		return 0xffe9
	case desktop.KeyAltRight:
		return 0xffea
	case desktop.KeySuperLeft:
		return 0xffeb
	case desktop.KeySuperRight:
		return 0xffec
	case desktop.KeyMenu:
		return 0xff67
	case desktop.KeyPrintScreen:
		return 0xff61
	}
	return 0
}

func functionKeysym(name fyne.KeyName) uint32 {
	for i, n := range [...]fyne.KeyName{fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6,
		fyne.KeyF7, fyne.KeyF8, fyne.KeyF9, fyne.KeyF10, fyne.KeyF11, fyne.KeyF12} {
		if n == name {
			return 0xffbe + uint32(i)
		}
	}
	return 0
}

// runeKeysym is the keysym of a character (X11 protocol, appendix A): Latin-1 as it is, others above 0x1000000.
func runeKeysym(r rune) uint32 {
	if r < 0x20 || r >= 0x7f && r < 0xa0 || r > utf8.MaxRune {
		return 0
	}
	if r < 0x100 {
		return uint32(r)
	}
	return 0x01000000 + uint32(r)
}

// keyEvent returns what ProcessKeyEvent takes: keysym, evdev code and state.
func keyEvent(k field.Key) (sym, code, state uint32) {
	sym = runeKeysym(k.Rune)
	if k.Rune == 0 {
		if sym = keysym(k.Name); sym == 0 && len(k.Name) == 1 {
			name := string(k.Name)
			if k.Modifiers&fyne.KeyModifierShift == 0 {
				name = strings.ToLower(name)
			}
			sym = uint32(name[0])
		}
	}
	if k.Code >= 8 { // X key codes are evdev's plus 8
		code = uint32(k.Code - 8)
	}
	for bit, flag := range map[fyne.KeyModifier]uint32{
		fyne.KeyModifierShift: stateShift, fyne.KeyModifierControl: stateControl,
		fyne.KeyModifierAlt: stateAlt, fyne.KeyModifierSuper: stateSuper,
	} {
		if k.Modifiers&bit != 0 {
			state |= flag
		}
	}
	if k.Release {
		state |= stateRelease
	}
	return sym, code, state
}

// forwardedKey turns a key that the method sends back into one a field can do.
func forwardedKey(sym, code, state uint32) field.Key {
	k := field.Key{Code: int(code) + 8, Release: state&stateRelease != 0}
	if state&stateShift != 0 {
		k.Modifiers |= fyne.KeyModifierShift
	}
	if state&stateControl != 0 {
		k.Modifiers |= fyne.KeyModifierControl
	}
	if state&stateAlt != 0 {
		k.Modifiers |= fyne.KeyModifierAlt
	}
	switch {
	case sym >= 0x20 && sym < 0x7f || sym >= 0xa0 && sym < 0x100:
		k.Rune = rune(sym)
	case sym > 0x01000000 && sym <= 0x01000000+utf8.MaxRune:
		k.Rune = rune(sym - 0x01000000)
	default:
		for _, name := range [...]fyne.KeyName{fyne.KeyBackspace, fyne.KeyTab, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyEscape,
			fyne.KeyDelete, fyne.KeyHome, fyne.KeyEnd, fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown,
			fyne.KeyPageUp, fyne.KeyPageDown} {
			if keysym(name) == sym {
				k.Name = name
			}
		}
	}
	return k
}
