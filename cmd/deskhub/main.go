// Command deskhub is the headless hub of a desk and its tools. Each sub-command has a file of its own, named
// for it; this one finds the sub-command, runs it and turns its error into a sentence and an exit status:
// 0 it ran, 1 it did not, 2 a file could not be read (the sentence names file and line).
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"deskhand/assist"
	"deskhand/cmd/internal/config"
)

// commands is the command line: one field a sub-command, in the order of the help.
type commands struct {
	Serve    serveCmd    `cmd:"" help:"Run the hub."`
	User     userCmd     `cmd:"" help:"Add, list and change the people who may sign in."`
	Action   actionCmd   `cmd:"" help:"Switch off and on what the bot may ask of the back office."`
	Replay   replayCmd   `cmd:"" help:"Let recorded customers write to a hub, at human pace."`
	Pack     packCmd     `cmd:"" help:"Check what the bot knows of an industry."`
	Eval     evalCmd     `cmd:"" help:"Measure how well the desk understands and answers."`
	Pretrain pretrainCmd `cmd:"" hidden:"" help:"Make the background of the classifiers of labelled texts."`
	Shelve   shelveCmd   `cmd:"" hidden:"" help:"Train the models of the shipped packs ahead."`
	Bench    benchCmd    `cmd:"" help:"Measure speed and memory of a hub of its own."`
	Export   exportCmd   `cmd:"" help:"Write a desk as plain files, one JSON object a line, also while its hub runs."`
	Import   importCmd   `cmd:"" help:"Read what export wrote, whole or not at all."`
	Backup   backupCmd   `cmd:"" help:"Copy a desk into one file, also while its hub runs."`
	Restore  restoreCmd  `cmd:"" help:"Make a desk of a backup, in a folder where no hub runs."`
	Config   configCmd   `cmd:"" help:"Print the documented default config file, or check one."`
	Version  versionCmd  `cmd:"" help:"Print which version this is."`
}

// console is what a sub-command sees of the world around it.
type console struct {
	in      io.Reader
	out     io.Writer
	err     io.Writer
	environ []string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], &console{in: os.Stdin, out: os.Stdout, err: os.Stderr, environ: os.Environ()})
	stop()
	os.Exit(status)
}

// helpShown unwinds kong after it printed the help: its parser goes on otherwise.
type helpShown struct{ status int }

// run is main without the process: arguments in, exit status out.
func run(ctx context.Context, args []string, c *console) (status int) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case helpShown:
			status = r.status
		default:
			panic(r)
		}
	}()
	parser, err := kong.New(&commands{},
		kong.Name("deskhub"),
		kong.Description("The headless hub of a Deskhand desk, and its tools. `deskhub COMMAND --help` says more of each."),
		kong.Writers(c.out, c.err),
		kong.Exit(func(s int) { panic(helpShown{s}) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(c),
	)
	if err != nil {
		panic("deskhub: the command line is declared wrongly: " + err.Error())
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(c.err, "deskhub: %v\nSee `deskhub --help`.\n", err)
		return 1
	}
	if err := parsed.Run(); err != nil {
		fmt.Fprintf(c.err, "deskhub: %s\n", sentence(err))
		return exitStatus(err)
	}
	return 0
}

// unreadable is what errors about a file implement that names the file, and the line where it knows one.
type unreadable interface{ Unreadable() bool }

func exitStatus(err error) int {
	var problems config.Problems
	var file unreadable
	if (errors.As(err, &problems) && problems[0].File != "") || (errors.As(err, &file) && file.Unreadable()) {
		return 2
	}
	return 1
}

// sentence is what a person reads: an error of the desk without its code, anything else as it is.
func sentence(err error) string {
	var said badFile
	if errors.As(err, &said) {
		return said.Error()
	}
	var e *assist.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	text := e.Detail
	if text == "" {
		text = e.Code.String()
	}
	switch e.Code {
	case assist.CodeStorageFull:
		text = "the disk is full; make room and try again"
	case assist.CodeInternal:
		return err.Error()
	}
	if e.RetryAfter > 0 {
		text += fmt.Sprintf("; try again in %s", e.RetryAfter)
	}
	return text
}
