package main

import (
	"encoding/json"
	"fmt"
)

// line prints one JSON object on a line of its own.
func (c *console) line(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "%s\n", b)
	return err
}

// say prints one line for people.
func (c *console) say(format string, args ...any) error {
	_, err := fmt.Fprintf(c.out, format+"\n", args...)
	return err
}
