package desk

import (
	"slices"
	"strings"
	"unicode/utf8"

	"deskhand/assist"
)

// Limits of macros.
const (
	MaxMacroName  = 40 // characters
	MaxMacroTitle = 120
	MaxActions    = 20
)

var macroActions = []string{"tag", "priority", "snooze", "resolve", "note"}

// CheckMacro refuses a macro that could not be offered by "/".
func CheckMacro(m assist.Macro) error {
	n := utf8.RuneCountInString(m.Name)
	switch {
	case n == 0 || n > MaxMacroName || strings.ContainsAny(m.Name, " \t\r\n/"):
		return assist.Errorf(assist.CodeBadValue, "a macro's name has 1 to %d characters without spaces or /", MaxMacroName)
	case utf8.RuneCountInString(m.Title) > MaxMacroTitle:
		return assist.Errorf(assist.CodeTooLong, "title, at most %d characters", MaxMacroTitle)
	case utf8.RuneCountInString(m.Text) > assist.MaxText:
		return assist.Errorf(assist.CodeTooLong, "text, at most %d characters", assist.MaxText)
	case strings.TrimSpace(m.Text) == "" && len(m.Actions) == 0:
		return assist.Errorf(assist.CodeEmpty, "a macro needs text or an action")
	case len(m.Files) > assist.MaxAttachments || len(m.Actions) > MaxActions:
		return assist.Errorf(assist.CodeBadValue, "a macro has at most %d files and %d actions", assist.MaxAttachments, MaxActions)
	}
	for _, a := range m.Actions {
		if !slices.Contains(macroActions, a.Do) {
			return assist.Errorf(assist.CodeBadValue, "an action of a macro is one of %s", strings.Join(macroActions, ", "))
		}
	}
	return nil
}

var tagColors = []string{"", "ok", "warn", "bad", "primary", "ai"}

// CheckTag refuses a tag that could not be shown.
func CheckTag(t assist.Tag) error {
	if n := utf8.RuneCountInString(strings.TrimSpace(t.Name)); n == 0 || n > MaxTagLen {
		return assist.Errorf(assist.CodeBadValue, "a tag has 1 to %d characters", MaxTagLen)
	}
	if !slices.Contains(tagColors, t.Color) {
		return assist.Errorf(assist.CodeBadValue, "a tag's colour is one of %s", strings.Join(tagColors[1:], ", "))
	}
	return nil
}
