package rehearse

import (
	"strings"
	"testing"
)

const sample = `
- id: one
  pack: ecommerce
  lang: en
  customer: E-1
  today: "2026-03-02T10:00"
  say: hello there
  answers: {order_id: [the blue one, "7"], confirm: yes}
  expect:
    intent: [cancel_order, return_item]
    calls: []
    outcome: answered
`

func TestRead_OneTextIsAListOfOne(t *testing.T) {
	all, err := Read("s.yaml", strings.NewReader(sample))
	if err != nil {
		t.Fatal(err)
	}
	s := all[0]
	if len(s.Say) != 1 || len(s.Answers["order_id"]) != 2 || s.Answers["confirm"][0] != "yes" || len(s.Expect.Intent) != 2 {
		t.Errorf("got %+v", s)
	}
	if s.Expect.Calls == nil || len(*s.Expect.Calls) != 0 {
		t.Errorf("calls: [] must mean that nothing may change, got %v", s.Expect.Calls)
	}
}

func TestRead_NamesFileAndLineOfWhatIsWrong(t *testing.T) {
	for what, tc := range map[string]struct{ text, want string }{
		"no YAML":        {"- id: [", "s.yaml:1"},
		"unknown key":    {strings.Replace(sample, "lang:", "tongue:", 1), "s.yaml:2: "},
		"no words":       {strings.Replace(sample, "  say: hello there\n", "", 1), "says nothing"},
		"outcome":        {strings.Replace(sample, "outcome: answered", "outcome: fine", 1), `outcome "fine"`},
		"clock":          {strings.Replace(sample, "2026-03-02T10:00", "tomorrow", 1), `today "tomorrow"`},
		"second of two":  {sample + "- {id: two, pack: p, lang: fr, say: x}\n", "s.yaml:13: two: lang"},
		"not a list":     {"id: one\n", "s.yaml:1"},
		"not a scenario": {"- 7\n", "s.yaml:1"},
	} {
		if _, err := Read("s.yaml", strings.NewReader(tc.text)); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %q in it", what, err, tc.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(sample)
	f.Fuzz(func(_ *testing.T, text string) {
		_, _ = Read("s.yaml", strings.NewReader(text)) // must not panic
	})
}
