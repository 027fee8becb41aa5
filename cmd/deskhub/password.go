package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"deskhand/assist/access"
)

type passwordFlags struct {
	PasswordStdin bool `help:"Read the password from standard input, one line, instead of asking for it." name:"password-stdin"`
}

// ask gets a new password and refuses a weak one before anything else is done.
func (p passwordFlags) ask(c *console, login string) (string, error) {
	password, err := p.read(c, login)
	if err != nil {
		return "", err
	}
	return password, access.CheckPassword(login, password)
}

func (p passwordFlags) read(c *console, login string) (string, error) {
	if p.PasswordStdin {
		return firstLine(c.in)
	}
	f, ok := c.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return "", errors.New("there is no terminal to ask for the password; give --password-stdin and the password on standard input")
	}
	first, err := hiddenLine(f, c.err, fmt.Sprintf("New password of %s: ", login))
	if err != nil {
		return "", err
	}
	second, err := hiddenLine(f, c.err, "Once more: ")
	if err != nil {
		return "", err
	}
	if first != second {
		return "", errors.New("the two passwords differ; nothing was changed, try again")
	}
	return first, nil
}

// hiddenLine asks without showing what is typed.
func hiddenLine(f *os.File, out io.Writer, prompt string) (string, error) {
	fmt.Fprint(out, prompt)
	b, err := term.ReadPassword(int(f.Fd()))
	fmt.Fprintln(out)
	if err != nil {
		return "", fmt.Errorf("read the password: %w", err)
	}
	return string(b), nil
}

// firstLine is standard input without its line end. More than one line is refused: half a password would be
// taken for the whole.
func firstLine(in io.Reader) (string, error) {
	b, err := io.ReadAll(io.LimitReader(in, 4096))
	if err != nil {
		return "", fmt.Errorf("read the password: %w", err)
	}
	s := strings.TrimSuffix(strings.TrimSuffix(string(b), "\n"), "\r")
	if strings.ContainsAny(s, "\r\n") {
		return "", errors.New("standard input holds more than one line; give the password alone")
	}
	return s, nil
}
