package stage

import "deskhand/ui/widget"

// Tone is the tone that data calls by name: ok, warn, bad, primary, ai; Plain for any other.
func Tone(name string) widget.Tone {
	switch name {
	case "ok":
		return widget.Good
	case "warn":
		return widget.Caution
	case "bad":
		return widget.Danger
	case "primary":
		return widget.Accent
	case "ai":
		return widget.Machine
	}
	return widget.Plain
}
