// Command deskhand is the native workstation of an agent. It joins a hub, or starts one inside itself and signs in to
// it: the desk on this computer. main.go reads the command line, program.go puts the program together.
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
	"deskhand/cmd/internal/version"
)

// options is the command line; each flag may also stand in the environment.
type options struct {
	Hub     string           `help:"Address of the hub to join, e.g. https://desk.example.com. Without one the desk runs on this computer." env:"DESKHAND_HUB" placeholder:"URL"`
	Demo    bool             `help:"The desk of four invented companies, with customers who write. Without --data everything goes at the end."`
	Data    string           `help:"Folder of drafts, settings, the log and the desk on this computer; default: the user's configuration folder." env:"DESKHAND_DATA" type:"path" placeholder:"DIR"`
	Config  string           `help:"The config file of the desk on this computer; see deskhub config." env:"DESKHAND_CONFIG" type:"path" placeholder:"FILE"`
	Login   string           `help:"Who signs in: shown in the sign-in, or chosen from the demo's people." env:"DESKHAND_LOGIN" placeholder:"NAME"`
	Lang    string           `help:"Language of this start: en or zh-Hans; default: what was chosen, at first the system's." env:"DESKHAND_LANG" placeholder:"TAG"`
	Theme   string           `help:"Theme of this start: light or dark; default: what was chosen, at first the system's." env:"DESKHAND_THEME" enum:",light,dark" default:"" placeholder:"NAME"`
	Shot    string           `help:"Draw the windows of the demo into PNG files in this folder, then end; with --login sam what waits for approval." type:"path" placeholder:"DIR"`
	Size    string           `help:"Size of the window of this start." placeholder:"WIDTHxHEIGHT"`
	Timing  bool             `help:"Print how long the start took to the first live inbox." hidden:""`
	Version kong.VersionFlag `help:"Print which version this is."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// helpShown unwinds kong after it printed the help or the version: its parser goes on otherwise.
type helpShown struct{ status int }

// run is main without the process: arguments in, exit status out.
func run(ctx context.Context, args []string, out, fault io.Writer) (status int) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case helpShown:
			status = r.status
		default:
			panic(r)
		}
	}()
	var o options
	parser, err := kong.New(&o, kong.Name("deskhand"),
		kong.Description("A native workstation for customer service."), kong.Writers(out, fault),
		kong.Vars{"version": "deskhand " + version.Number}, kong.Exit(func(s int) { panic(helpShown{s}) }))
	if err != nil {
		panic("deskhand: the command line is declared wrongly: " + err.Error())
	}
	if _, err := parser.Parse(args); err != nil {
		fmt.Fprintf(fault, "deskhand: %v\nSee `deskhand --help`.\n", err)
		return 1
	}
	if err := o.check(); err != nil {
		fmt.Fprintf(fault, "deskhand: %v\n", err)
		return 1
	}
	if err := start(ctx, o, out, fault); err != nil {
		fmt.Fprintf(fault, "deskhand: %s\n", sentence(err))
		return 1
	}
	return 0
}

// sentence is what a person reads on the console.
func sentence(err error) string {
	var locked alreadyRuns
	if errors.As(err, &locked) {
		return fmt.Sprintf("Deskhand already runs with the folder %s. Go to its window, or give another folder with --data.", locked.dir)
	}
	if e := assist.AsError(err); e != nil && e.Detail != "" {
		return e.Detail
	}
	return err.Error()
}
