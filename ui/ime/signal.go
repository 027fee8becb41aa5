package ime

import (
	"errors"
	"unicode/utf8"

	"github.com/godbus/dbus/v5"

	"deskhand/ui/widget/field"
)

// signal passes on what the daemon says about the composition. It returns an error when the daemon is gone.
func (s *session) signal(m *dbus.Message) error {
	iface, _ := m.Headers[dbus.FieldInterface].Value().(string)
	member, _ := m.Headers[dbus.FieldMember].Value().(string)
	if iface == "org.freedesktop.DBus" && member == "NameOwnerChanged" {
		if owner, ok := arg[string](m.Body, 2); ok && owner == "" {
			if name, _ := arg[string](m.Body, 0); name == s.at.dest {
				return errors.New("the daemon ended")
			}
		}
		return nil
	}
	path, _ := m.Headers[dbus.FieldPath].Value().(dbus.ObjectPath)
	if iface != contextType || path != s.path || s.muted > 0 || s.stalled || s.target == nil || s.leaving() {
		return nil
	}
	if do := effect(member, m.Body); do != nil {
		target := s.target
		s.c.opt.Post(func() { do(target) })
	}
	return nil
}

// leaving reports whether the daemon is dealing with the field's loss of focus. fcitx5 commits the raw letters then;
// they would arrive when the field may already show the draft of another conversation, so they are given up as the
// field itself gave up the composition.
func (s *session) leaving() bool {
	return len(s.owed) > 0 && s.owed[0].request.do == doFocusOut
}

// effect returns what a signal of an input context does to the field, nil if nothing. The body is not trusted.
func effect(member string, body []any) func(field.Target) {
	switch member {
	case "CommitText":
		if t, ok := ibusText(body); ok {
			return func(f field.Target) { f.Commit(t) }
		}
	case "UpdatePreeditText", "UpdatePreeditTextWithMode":
		t, ok := ibusText(body)
		caret, ok2 := arg[uint32](body, 1)
		visible, ok3 := arg[bool](body, 2)
		if ok && ok2 && ok3 {
			if !visible {
				t = ""
			}
			return func(f field.Target) { f.SetPreedit(t, byteOffset(t, caret)) }
		}
	case "HidePreeditText":
		return func(f field.Target) { f.SetPreedit("", 0) }
	case "ForwardKeyEvent":
		sym, ok := arg[uint32](body, 0)
		code, ok2 := arg[uint32](body, 1)
		state, ok3 := arg[uint32](body, 2)
		if ok && ok2 && ok3 {
			return func(f field.Target) { f.Forward(forwardedKey(sym, code, state)) }
		}
	case "DeleteSurroundingText":
		offset, ok := arg[int32](body, 0)
		n, ok2 := arg[uint32](body, 1)
		if ok && ok2 && n < 1<<16 && offset > -1<<16 && offset < 1<<16 {
			return func(f field.Target) { f.DeleteAround(int(offset), int(n)) }
		}
	}
	return nil
}

func arg[T any](body []any, i int) (v T, ok bool) {
	if i < len(body) {
		v, ok = body[i].(T)
	}
	return v, ok
}

// ibusText reads the text of a serialized IBusText (ibustext.c): a variant of (name, attachments, text, attributes).
func ibusText(body []any) (string, bool) {
	v, ok := arg[dbus.Variant](body, 0)
	if !ok {
		return "", false
	}
	parts, ok := v.Value().([]any)
	if !ok || len(parts) < 3 {
		return "", false
	}
	s, ok := parts[2].(string)
	return s, ok
}

// byteOffset turns a count of characters into one of bytes.
func byteOffset(s string, characters uint32) int {
	i := 0
	for ; characters > 0 && i < len(s); characters-- {
		_, n := utf8.DecodeRuneInString(s[i:])
		i += n
	}
	return i
}
