package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// openTerminal makes a pseudo-terminal: what is written to the keyboard end arrives at the program's end as
// if typed (see pty(7)).
func openTerminal(t *testing.T) (keyboard, program *os.File) {
	t.Helper()
	keyboard, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { keyboard.Close() })
	if err := unix.IoctlSetPointerInt(int(keyboard.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(keyboard.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	program, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return keyboard, program
}

// typist answers each prompt with the next line, as a person does who waits to be asked.
type typist struct {
	bytes.Buffer
	keyboard, program *os.File
	lines             []string
	typing            sync.WaitGroup
}

func (p *typist) Write(b []byte) (int, error) {
	if bytes.HasSuffix(b, []byte(": ")) && len(p.lines) > 0 {
		line := p.lines[0]
		p.lines = p.lines[1:]
		p.typing.Go(func() { p.answer(line) })
	}
	return p.Buffer.Write(b)
}

// answer types once the terminal hides what is typed, which it does right after the prompt.
func (p *typist) answer(line string) {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for range 10_000 {
		<-tick.C
		if state, err := unix.IoctlGetTermios(int(p.program.Fd()), unix.TCGETS); err == nil && state.Lflag&unix.ECHO == 0 {
			break
		}
	}
	_, _ = io.WriteString(p.keyboard, line+"\n") // a failure shows as an unanswered prompt
}

func TestPassword_AskedAtATerminalTwiceAndHidden(t *testing.T) {
	for name, c := range map[string]struct {
		lines  []string
		status int
		says   string
	}{
		"the same twice":  {[]string{"harbour lantern 7", "harbour lantern 7"}, 0, "Once more"},
		"two that differ": {[]string{"harbour lantern 7", "harbour lantern 8"}, 1, "differ"},
		"a weak one":      {[]string{"password123", "password123"}, 1, "most published"},
	} {
		t.Run(name, func(t *testing.T) {
			keyboard, program := openTerminal(t)
			p := &typist{keyboard: keyboard, program: program, lines: c.lines}
			var out bytes.Buffer
			args := []string{"user", "add", "--data", t.TempDir(), "--login", "li", "--role", "admin"}
			status := run(t.Context(), args, &console{in: program, out: &out, err: p})
			if status != c.status || !strings.Contains(p.String(), c.says) {
				t.Errorf("status %d, stdout %q, stderr %q", status, out.String(), p.String())
			}
			p.typing.Wait()
			program.Close()
			echoed, _ := io.ReadAll(keyboard) // ends with EIO once the program's end is closed
			for _, line := range c.lines {
				if strings.Contains(string(echoed)+out.String()+p.String(), line) {
					t.Errorf("the password was shown: %q", echoed)
				}
			}
		})
	}
}
