package flow

// Unsent says that the code which is awaited could not be sent, and offers to try again or to bring in a person.
func (e *Engine) Unsent(t *Turn) error {
	if err := t.ask(OneTimeCode, nil, "identity.undelivered"); err != nil {
		return err
	}
	var ways []option
	for _, key := range []string{"button.resend", "button.person"} {
		text, err := t.Render(nil, key)
		if err != nil {
			return err
		}
		ways = append(ways, option{key, text})
	}
	t.buttons(ways)
	return nil
}
