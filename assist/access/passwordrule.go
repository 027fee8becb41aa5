package access

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"deskhand/assist"
)

// Lengths of a password. Ten characters is the least that keeps a guess over the network hopeless together
// with the throttle; the most keeps a sign-in from hashing megabytes (NIST SP 800-63B 3.1.1.2 asks that at
// least 64 are allowed).
const (
	MinPassword = 10  // characters
	MaxPassword = 256 // bytes
)

//go:embed passwords.txt
var publishedText string

// published is the sorted list of published passwords, split once when first needed.
var published = sync.OnceValue(func() []string {
	lines := strings.Split(strings.TrimSpace(publishedText), "\n")
	return slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, "#") })
})

// CheckPassword refuses a password that is too short, too long, widely published, of too few different
// characters, a plain run of the alphabet or the digits, or that is the login. The error is an *assist.Error
// with CodeBadValue (or CodeTooLong) whose Detail says what to do; it never contains the password. There
// are no rules about kinds of characters: NIST SP 800-63B advises against them.
func CheckPassword(login, password string) error {
	switch {
	case !utf8.ValidString(password):
		return assist.Errorf(assist.CodeBadValue, "the password is not valid UTF-8 text")
	case len(password) > MaxPassword:
		return assist.Errorf(assist.CodeTooLong, "the password is longer than %d bytes", MaxPassword)
	case utf8.RuneCountInString(password) < MinPassword:
		return assist.Errorf(assist.CodeBadValue, "the password needs at least %d characters", MinPassword)
	case strings.ContainsFunc(password, unicode.IsControl):
		return assist.Errorf(assist.CodeBadValue, "the password contains a control character, such as a line break")
	}
	low := strings.ToLower(password)
	if _, found := slices.BinarySearch(published(), low); found {
		return assist.Errorf(assist.CodeBadValue, "the password is on the list of the most published ones; choose another")
	}
	if login != "" && strings.Trim(low, "0123456789!.-_ ") == strings.ToLower(login) {
		return assist.Errorf(assist.CodeBadValue, "the password is the login; choose another")
	}
	if differentRunes(low) < 4 || isRun(low) {
		return assist.Errorf(assist.CodeBadValue, "the password is too regular; a few unrelated words are good")
	}
	return nil
}

func differentRunes(s string) int {
	seen := make(map[rune]bool)
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}

// isRun tells whether every character follows the one before it by the same step, as in 23456789012 (where
// 0 counts as following 9) or zyxwvutsrq.
func isRun(s string) bool {
	runes := []rune(s)
	for _, step := range []rune{1, -1} {
		run := true
		for i := 1; i < len(runes) && run; i++ {
			d := runes[i] - runes[i-1]
			run = d == step || d == -9*step && unicode.IsDigit(runes[i])
		}
		if run {
			return true
		}
	}
	return false
}
