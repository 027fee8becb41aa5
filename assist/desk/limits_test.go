package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/desk"
)

func supervisor() desk.By {
	return desk.By{Agent: agent(me, assist.RoleSupervisor), Visible: assist.Visibility{All: true}}
}

func numbered(from, to int) []string {
	var out []string
	for i := from; i < to; i++ {
		out = append(out, fmt.Sprintf("tag-%d", i))
	}
	return out
}

func repeated(s string, n int) []string { return strings.Split(strings.Repeat(s+",", n-1)+s, ",") }

func TestTag_NeverMoreThanTheLimit(t *testing.T) {
	full := standing(assist.StatusHuman, me)
	full.Tags = numbered(0, desk.MaxTags)
	for _, tc := range []struct {
		what        string
		add, remove []string
		want        assist.Code
	}{
		{"one too many", []string{"x"}, nil, assist.CodeBadValue},
		{"one for one", []string{"x"}, []string{"tag-0"}, 0},
		{"one removed many times", numbered(100, 110), repeated("tag-0", 10), assist.CodeBadValue},
		{"one added many times", repeated("x", 5), []string{"tag-0"}, 0},
		{"removing what isn't there", []string{"x"}, []string{"nope"}, assist.CodeBadValue},
		{"empty", []string{" "}, nil, assist.CodeBadValue},
		{"long", []string{strings.Repeat("x", desk.MaxTagLen+1)}, []string{"tag-0"}, assist.CodeBadValue},
		{"very many", numbered(100, 20_000), nil, assist.CodeBadValue},
	} {
		events, err := desk.Tag(supervisor(), tc.add, tc.remove)(full)
		if assist.CodeOf(err) != tc.want {
			t.Errorf("%s: got %v, want %s", tc.what, err, tc.want)
		}
		after := full
		for _, e := range events {
			after = after.Apply(e)
		}
		if len(after.Tags) > desk.MaxTags {
			t.Errorf("%s: %d tags after it", tc.what, len(after.Tags))
		}
	}
}

func TestSnooze_OnlyToAMomentAhead(t *testing.T) {
	for until, want := range map[time.Time]assist.Code{
		now.Add(time.Minute): 0, now: assist.CodeBadValue, now.Add(-time.Hour): assist.CodeBadValue, {}: assist.CodeBadValue,
		now.AddDate(2, 0, 0): assist.CodeBadValue,
	} {
		if _, err := desk.Snooze(supervisor(), until, now)(standing(assist.StatusHuman, me)); assist.CodeOf(err) != want {
			t.Errorf("until %s: got %v, want %s", until, err, want)
		}
	}
}

func TestValues_ThatNobodyCanTake(t *testing.T) {
	c := standing(assist.StatusHuman, me)
	disabled := agent(8, assist.RoleAgent)
	disabled.Disabled = true
	for what, tc := range map[string]struct {
		decide assist.Decision
		want   assist.Code
	}{
		"priority 3":               {desk.Prioritize(supervisor(), 3), assist.CodeBadValue},
		"priority -2":              {desk.Prioritize(supervisor(), -2), assist.CodeBadValue},
		"language fr":              {desk.SetLanguage(supervisor(), "fr"), assist.CodeBadValue},
		"a long disposition":       {desk.Resolve(supervisor(), strings.Repeat("决", desk.MaxDisposition+1)), assist.CodeTooLong},
		"a disposition that fits":  {desk.Resolve(supervisor(), strings.Repeat("决", desk.MaxDisposition)), 0},
		"assign to a disabled one": {desk.Assign(supervisor(), disabled, ""), assist.CodeBadValue},
		"assign to a trainer":      {desk.Assign(supervisor(), agent(8, assist.RoleTrainer), ""), assist.CodeBadValue},
	} {
		if events, err := tc.decide(c); assist.CodeOf(err) != tc.want || (err != nil && len(events) > 0) {
			t.Errorf("%s: got %d events, %v, want %s", what, len(events), err, tc.want)
		}
	}
}

func TestDisabledAgent_MayDoNothing(t *testing.T) {
	by := supervisor()
	by.Agent.Disabled = true
	for _, command := range commands {
		for _, status := range assist.Statuses() {
			if _, err := command.decide(by)(standing(status, me)); assist.CodeOf(err) != assist.CodeForbidden {
				t.Errorf("%s in %s: got %v", command.name, status, err)
			}
		}
	}
}

func TestBotReply_OnlyToTheTurnItAnswers(t *testing.T) {
	c := standing(assist.StatusBot, 0)
	turn := desk.BotTurn{Seq: c.Seq, Generation: c.BotGeneration}
	for what, change := range map[string]func(*assist.Conversation){
		"the customer went on":    func(c *assist.Conversation) { c.Seq++ },
		"it began afresh":         func(c *assist.Conversation) { c.BotGeneration++ },
		"a person has it":         func(c *assist.Conversation) { c.Status = assist.StatusHuman },
		"it waits for a person":   func(c *assist.Conversation) { c.Status = assist.StatusWaiting },
		"it is resolved":          func(c *assist.Conversation) { c.Status = assist.StatusResolved },
		"nothing (and it speaks)": func(*assist.Conversation) {},
	} {
		now := c
		change(&now)
		said, err := desk.BotReply(turn, assist.Message{Text: "hi"})(now)
		handed, err2 := desk.BotHandOff(turn, assist.Message{Text: "hi"}, assist.Handoff{}, assist.Queue{ID: "q"})(now)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		if speaks := what == "nothing (and it speaks)"; (len(said) > 0) != speaks || (len(handed) > 0) != speaks {
			t.Errorf("%s: said %d, handed off %d facts", what, len(said), len(handed))
		}
	}
}

func TestCheckMacro(t *testing.T) {
	good := assist.Macro{Name: "hello", Title: "Hello", Text: "Hello!"}
	for what, tc := range map[string]struct {
		change func(*assist.Macro)
		want   assist.Code
	}{
		"as it is":            {func(*assist.Macro) {}, 0},
		"no name":             {func(m *assist.Macro) { m.Name = "" }, assist.CodeBadValue},
		"a name with a space": {func(m *assist.Macro) { m.Name = "a b" }, assist.CodeBadValue},
		"a name with a slash": {func(m *assist.Macro) { m.Name = "a/b" }, assist.CodeBadValue},
		"a long name":         {func(m *assist.Macro) { m.Name = strings.Repeat("x", desk.MaxMacroName+1) }, assist.CodeBadValue},
		"a long title":        {func(m *assist.Macro) { m.Title = strings.Repeat("x", desk.MaxMacroTitle+1) }, assist.CodeTooLong},
		"a long text":         {func(m *assist.Macro) { m.Text = strings.Repeat("x", assist.MaxText+1) }, assist.CodeTooLong},
		"nothing in it":       {func(m *assist.Macro) { m.Text = " " }, assist.CodeEmpty},
		"an unknown action":   {func(m *assist.Macro) { m.Actions = []assist.MacroAction{{Do: "explode"}} }, assist.CodeBadValue},
		"an action alone":     {func(m *assist.Macro) { m.Text, m.Actions = "", []assist.MacroAction{{Do: "resolve"}} }, 0},
		"many files":          {func(m *assist.Macro) { m.Files = make([]assist.Attachment, assist.MaxAttachments+1) }, assist.CodeBadValue},
		"many actions":        {func(m *assist.Macro) { m.Actions = make([]assist.MacroAction, 100) }, assist.CodeBadValue},
	} {
		m := good
		tc.change(&m)
		if err := desk.CheckMacro(m); assist.CodeOf(err) != tc.want {
			t.Errorf("%s: got %v, want %s", what, err, tc.want)
		}
	}
}

func TestCheckTag(t *testing.T) {
	for tag, want := range map[assist.Tag]assist.Code{
		{Name: "vip"}: 0, {Name: "vip", Color: "bad"}: 0, {Name: ""}: assist.CodeBadValue, {Name: " "}: assist.CodeBadValue,
		{Name: strings.Repeat("标", desk.MaxTagLen+1)}: assist.CodeBadValue, {Name: "x", Color: "#fff"}: assist.CodeBadValue,
	} {
		if err := desk.CheckTag(tag); assist.CodeOf(err) != want {
			t.Errorf("%v: got %v, want %s", tag, err, want)
		}
	}
}

// What belongs to one status doesn't outlive it.
func TestCommands_LeaveNothingOfTheStatusBehind(t *testing.T) {
	alone := standing(assist.StatusWaiting, 0)
	alone.LeftMessage = true
	for what, tc := range map[string]struct {
		from   assist.Conversation
		decide assist.Decision
	}{
		"snoozed, to the bot":      {standing(assist.StatusSnoozed, me), desk.ToBot(supervisor(), "")},
		"snoozed, wrapped up":      {standing(assist.StatusSnoozed, me), desk.WrapUp(supervisor())},
		"snoozed, resolved":        {standing(assist.StatusSnoozed, me), desk.Resolve(supervisor(), "")},
		"snoozed, transferred":     {standing(assist.StatusSnoozed, me), desk.Transfer(supervisor(), assist.Queue{ID: "q"}, "")},
		"nobody here, to the bot":  {alone, desk.ToBot(supervisor(), "")},
		"nobody here, taken":       {alone, desk.Take(supervisor())},
		"nobody here, resolved":    {alone, desk.Resolve(supervisor(), "")},
		"nobody here, transferred": {alone, desk.Transfer(supervisor(), assist.Queue{ID: "q"}, "")},
	} {
		events, err := tc.decide(tc.from)
		if err != nil {
			t.Fatal(err)
		}
		c := tc.from
		for _, e := range events {
			c = c.Apply(e)
		}
		if !c.SnoozedUntil.IsZero() || c.LeftMessage {
			t.Errorf("%s: snoozed until %s, asked to leave a message: %t", what, c.SnoozedUntil, c.LeftMessage)
		}
	}
}
