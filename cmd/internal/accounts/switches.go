package accounts

import (
	"context"

	"deskhand/assist"
)

// Switches switch actions of the back office off, and on again. A Store of storage/sqlite is one.
type Switches interface {
	SwitchAction(ctx context.Context, action, by string, off bool) error
	ActionSwitches(ctx context.Context) ([]assist.ActionSwitch, error)
}

// ReachSwitches is Switches of the hub that works in dir, as Reach.
func ReachSwitches(dir string) (Switches, error) {
	a, err := Reach(dir)
	if err != nil {
		return nil, err
	}
	return a.(*remote), nil
}

// SwitchAction implements Switches.
func (r *remote) SwitchAction(ctx context.Context, action, by string, off bool) error {
	do := "action_on"
	if off {
		do = "action_off"
	}
	_, err := r.answer(ctx, request{Do: do, Action: action, By: by})
	return err
}

// ActionSwitches implements Switches.
func (r *remote) ActionSwitches(ctx context.Context) ([]assist.ActionSwitch, error) {
	ans, err := r.answer(ctx, request{Do: "actions"})
	return ans.Switches, err
}

// turn is perform for switches; handled is false if the request is about something else.
func turn(ctx context.Context, s Switches, r request) (list []assist.ActionSwitch, handled bool, err error) {
	if s == nil {
		return nil, false, nil
	}
	switch r.Do {
	case "actions":
		list, err = s.ActionSwitches(ctx)
		return list, true, err
	case "action_on", "action_off":
		return nil, true, s.SwitchAction(ctx, r.Action, r.By, r.Do == "action_off")
	}
	return nil, false, nil
}
