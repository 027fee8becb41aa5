package sqlite

import (
	"fmt"
	"time"

	"deskhand/assist"
)

// The numbers that stand in the database for the words of assist. They never change; new words go to
// the end.
const (
	statusResolved = 6
	statusHuman    = 3
	statusWaiting  = 2
	kindNote       = 2
)

func statusCodes() []assist.Status {
	return []assist.Status{"", assist.StatusBot, assist.StatusWaiting, assist.StatusHuman,
		assist.StatusSnoozed, assist.StatusWrapUp, assist.StatusResolved}
}

func encodeStatus(s assist.Status) (int64, error) {
	switch s {
	case assist.StatusBot:
		return 1, nil
	case assist.StatusWaiting:
		return statusWaiting, nil
	case assist.StatusHuman:
		return statusHuman, nil
	case assist.StatusSnoozed:
		return 4, nil
	case assist.StatusWrapUp:
		return 5, nil
	case assist.StatusResolved:
		return statusResolved, nil
	}
	return 0, assist.Errorf(assist.CodeBadValue, "unknown status %q", s)
}

func decodeStatus(n int64) (assist.Status, error) {
	codes := statusCodes()
	if n < 1 || int(n) >= len(codes) {
		return "", fmt.Errorf("unknown status number %d", n)
	}
	return codes[n], nil
}

func encodeKind(k assist.MessageKind) (int64, error) {
	switch k {
	case assist.KindText:
		return 1, nil
	case assist.KindNote:
		return kindNote, nil
	case assist.KindActivity:
		return 3, nil
	}
	return 0, assist.Errorf(assist.CodeBadValue, "unknown kind of message %q", k)
}

func decodeKind(n int64) (assist.MessageKind, error) {
	kinds := [...]assist.MessageKind{"", assist.KindText, assist.KindNote, assist.KindActivity}
	if n < 1 || int(n) >= len(kinds) {
		return "", fmt.Errorf("unknown message kind number %d", n)
	}
	return kinds[n], nil
}

func encodeActor(k assist.ActorKind) (int64, error) {
	switch k {
	case assist.ActorCustomer:
		return 1, nil
	case assist.ActorAgent:
		return 2, nil
	case assist.ActorBot:
		return 3, nil
	case assist.ActorSystem:
		return 4, nil
	}
	return 0, assist.Errorf(assist.CodeBadValue, "unknown actor %q", k)
}

func decodeActor(n int64) (assist.ActorKind, error) {
	kinds := [...]assist.ActorKind{"", assist.ActorCustomer, assist.ActorAgent, assist.ActorBot, assist.ActorSystem}
	if n < 1 || int(n) >= len(kinds) {
		return "", fmt.Errorf("unknown actor number %d", n)
	}
	return kinds[n], nil
}

// millis is how a time stands in the database; the zero time is 0.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// stored is t as it reads back from the database: UTC, whole milliseconds, no monotonic clock.
func stored(t time.Time) time.Time { return fromMillis(millis(t)) }
