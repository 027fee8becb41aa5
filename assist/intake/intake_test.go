package intake_test

import (
	"slices"
	"strings"
	"testing"

	"deskhand/assist"
	"deskhand/assist/intake"
)

var withBot = intake.Context{Inbox: assist.Inbox{ID: "shop", Queue: "support", BotFirst: true}, Team: "support", Language: "en"}

func withoutBot() intake.Context {
	x := withBot
	x.Inbox.BotFirst = false
	return x
}

func standing(s assist.Status) assist.Conversation {
	c := assist.Conversation{ID: 5, Customer: 9, Status: s, Rev: 40, Seq: 4, Language: "en"}
	if s == assist.StatusHuman || s == assist.StatusSnoozed || s == assist.StatusWrapUp || s == assist.StatusResolved {
		c.Assignee = 3
	}
	return c
}

// facts names what a decision comes to, and the conversation after it.
func facts(t *testing.T, c assist.Conversation, decide assist.Decision) ([]string, assist.Conversation) {
	t.Helper()
	events, err := decide(c)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for i, e := range events {
		e.Rev = c.Rev + assist.Rev(i) + 1
		what := string(e.Data.EventType())
		if d, ok := e.Data.(assist.Appended); ok {
			d.Message.Seq = c.Seq + 1
			e.Data, what = d, string(d.Message.Kind)
		}
		c, out = c.Apply(e), append(out, what)
	}
	return out, c
}

func TestReceive_InEachStatus(t *testing.T) {
	for _, tc := range []struct {
		x      intake.Context
		status assist.Status
		want   string
		after  assist.Status
	}{
		{withBot, "", "conversation_started text", assist.StatusBot},
		{withoutBot(), "", "conversation_started text conversation_queued activity", assist.StatusWaiting},
		{withBot, assist.StatusBot, "text", assist.StatusBot},
		{withBot, assist.StatusWaiting, "text", assist.StatusWaiting},
		{withBot, assist.StatusHuman, "text", assist.StatusHuman},
		{withBot, assist.StatusSnoozed, "conversation_woken text", assist.StatusHuman},
		{withBot, assist.StatusWrapUp, "conversation_assigned text", assist.StatusHuman},
		{withBot, assist.StatusResolved, "conversation_reopened text", assist.StatusBot},
		{withoutBot(), assist.StatusResolved, "conversation_reopened text conversation_queued activity", assist.StatusWaiting},
	} {
		c := standing(tc.status)
		if tc.status == "" {
			c = assist.Conversation{ID: 5, Customer: 9, Inbox: "shop"}
		}
		got, after := facts(t, c, intake.Receive(tc.x, intake.Message{Text: "hi"}))
		if strings.Join(got, " ") != tc.want || after.Status != tc.after {
			t.Errorf("in %q, bot first %t: got %v and %s, want %s and %s", tc.status, tc.x.Inbox.BotFirst, got, after.Status, tc.want, tc.after)
		}
	}
}

// "Talk to a person" brings one from every state, and asking again changes nothing.
func TestAskHuman_InEachStatus(t *testing.T) {
	for _, status := range append(assist.Statuses(), "") {
		c := standing(status)
		if status == "" {
			c = assist.Conversation{ID: 5, Customer: 9, Inbox: "shop"}
		}
		_, after := facts(t, c, intake.AskHuman(withBot, assist.Handoff{Reason: "customer_asked"}))
		if after.Status != assist.StatusWaiting && after.Status != assist.StatusHuman {
			t.Errorf("in %q: got %s, want a person or the queue", status, after.Status)
		}
		if after.Status == assist.StatusHuman && after.Assignee != 3 {
			t.Errorf("in %q: agent %d, want the one who had it", status, after.Assignee)
		}
		if again, _ := facts(t, after, intake.AskHuman(withBot, assist.Handoff{Reason: "customer_asked"})); len(again) > 0 {
			t.Errorf("asked again after %q: got %v", status, again)
		}
	}
}

func TestCheck(t *testing.T) {
	long := strings.Repeat("字", assist.MaxText)
	for _, tc := range []struct {
		text  string
		files int
		want  assist.Code
	}{
		{"hi", 0, 0}, {"", 1, 0}, {long, 0, 0}, {long + "x", 0, assist.CodeTooLong}, {"", 0, assist.CodeEmpty},
		{" \n\t\u3000", 0, assist.CodeEmpty}, {"hi", assist.MaxAttachments, 0}, {"hi", assist.MaxAttachments + 1, assist.CodeBadValue},
	} {
		if err := intake.Check(tc.text, tc.files); assist.CodeOf(err) != tc.want {
			t.Errorf("%.10q with %d files: got %v, want %s", tc.text, tc.files, err, tc.want)
		}
	}
}

func TestRate_AtTheEndOnlyAndOneToFive(t *testing.T) {
	for _, status := range assist.Statuses() {
		for score := range 8 {
			_, err := intake.Rate(score-1, "")(standing(status))
			ends := status == assist.StatusResolved || status == assist.StatusWrapUp
			fits := score-1 >= 1 && score-1 <= 5
			want := assist.Code(0)
			switch {
			case !fits:
				want = assist.CodeBadValue
			case !ends:
				want = assist.CodeWrongStatus
			}
			if assist.CodeOf(err) != want {
				t.Errorf("%d in %s: got %v, want %s", score-1, status, err, want)
			}
		}
	}
	if _, err := intake.Rate(5, strings.Repeat("x", intake.MaxComment+1))(standing(assist.StatusResolved)); assist.CodeOf(err) != assist.CodeTooLong {
		t.Errorf("a long comment: got %v", err)
	}
}

func TestLanguageAndLeave_ChangeOnlyWhatIsDifferent(t *testing.T) {
	for what, tc := range map[string]struct {
		c      assist.Conversation
		decide assist.Decision
		want   []string
	}{
		"the same language":    {standing(assist.StatusBot), intake.Language("en"), nil},
		"another language":     {standing(assist.StatusBot), intake.Language("zh"), []string{"language_changed"}},
		"no conversation":      {assist.Conversation{}, intake.Language("zh"), nil},
		"left while waiting":   {standing(assist.StatusWaiting), intake.Leave(5), []string{"customer_left"}},
		"left while served":    {standing(assist.StatusHuman), intake.Leave(5), nil},
		"left when it is over": {standing(assist.StatusResolved), intake.Leave(5), nil},
	} {
		if got, _ := facts(t, tc.c, tc.decide); !slices.Equal(got, tc.want) {
			t.Errorf("%s: got %v, want %v", what, got, tc.want)
		}
	}
}
