package config

import (
	"fmt"
	"io"
	"strings"

	"deskhand/assist"
)

// WriteDefault writes the file that says what is the default anyway, with every setting documented. It is
// the documentation of the settings, and a good start for one's own file.
func WriteDefault(w io.Writer) error {
	var b strings.Builder
	b.WriteString(`# Settings of a Deskhand hub, as they are when nobody sets them.
#
# A flag comes before the environment, the environment before this file. In the environment the setting
# "listen" of the table [hub] is DESKHAND_HUB_LISTEN; lists are separated by commas there.
# Times are written "30s", "5m", "12h" or "7d"; sizes "256 KiB" (by 1024) or "20 MB" (by 1000).
`)
	c := Default()
	for _, t := range c.tables() {
		fmt.Fprintf(&b, "\n# %s\n[%s]\n", t.doc, t.name)
		for _, s := range t.settings {
			writeSetting(&b, s, "")
		}
	}
	in, q, a := newInbox(), assist.Queue{AutoAccept: c.Routing.AutoAccept}, newActionRule()
	for _, r := range []table{
		{"team", "A team of agents, once for each; put into the database if it is not there yet.", teamSettings(&assist.Team{})},
		{"queue", "Where conversations wait for a team, once for each; put into the database if it is not there yet.", queueSettings(&q)},
		{"inbox", "An inbox is one company's chat widget, once for each.", in.settings()},
		{"action", "What the bot may ask of the back office, once for each action that differs from its pack.", a.settings()},
	} {
		fmt.Fprintf(&b, "\n# %s\n#[[%s]]\n", r.doc, r.name)
		for _, s := range r.settings {
			writeSetting(&b, s, "#")
		}
	}
	office := newBackoffice("")
	b.WriteString("\n# Where the systems of an inbox's company are, once for each inbox that has some; \"acme\" is its id.\n#[backoffice.acme]\n")
	for _, s := range office.settings() {
		writeSetting(&b, s, "#")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeSetting(b *strings.Builder, s setting, off string) {
	for line := range strings.SplitSeq(s.doc, "\n") {
		fmt.Fprintf(b, "# %s\n", line)
	}
	fmt.Fprintf(b, "%s%s = %s\n", off, s.key, s.value.show())
}
