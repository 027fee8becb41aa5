package flow

import (
	"encoding/json"
	"fmt"
	"slices"

	"deskhand/assist"
	"deskhand/assist/action"
)

// What is awaited besides the slots of an errand.
const (
	Confirm     = "confirm"
	OneTimeCode = "one_time_code"
	Phone       = "phone"
	OrderID     = "order_id"
	AwaitIntent = "intent"
)

// stateVersion grows when a State can't be read as an older one any more; the bot then begins afresh.
const stateVersion = 1

// State is all that the dialogue remembers from one turn to the next.
type State struct {
	Version   int                 `json:"v"`
	Language  string              `json:"language,omitzero"`
	Greeted   bool                `json:"greeted,omitzero"`
	Turns     int                 `json:"turns,omitzero"`
	Begun     int                 `json:"begun,omitzero"` // errands, for the ids of commands
	Errand    *Errand             `json:"errand,omitzero"`
	Paused    []*Errand           `json:"paused,omitzero"` // by digressions, the innermost last
	Queue     []Wish              `json:"queue,omitzero"`  // said in one message, to be done one after the other
	Await     string              `json:"await,omitzero"`  // what the last message awaits
	Proof     Proof               `json:"proof,omitzero"`
	Options   []string            `json:"options,omitzero"` // intents that a "did you mean" offered
	Asked     string              `json:"asked,omitzero"`   // the text that it was asked about
	Buttons   map[string]string   `json:"buttons,omitzero"` // text of a button → value
	Strange   int                 `json:"strange,omitzero"` // out of scope in a row
	Mood      string              `json:"mood,omitzero"`    // of what is being answered
	Anger     int                 `json:"anger,omitzero"`   // turns in which the customer was angry
	Mentioned []string            `json:"mentioned,omitzero"`
	Lists     map[string][]string `json:"lists,omitzero"` // kind → ids as last shown
	Known     map[string]Value    `json:"known,omitzero"` // slot → value, of earlier errands
	Said      map[string]int      `json:"said,omitzero"`  // reply key → how often
	Last      string              `json:"last,omitzero"`  // what the bot said last
	Heard     string              `json:"heard,omitzero"` // what the customer said last
	Done      []string            `json:"done,omitzero"`  // what was tried and done, in words for the agent
	Note      string              `json:"note,omitzero"`  // of an agent who gave the conversation back, for the next one
	Intent    string              `json:"intent,omitzero"`
	Sure      float64             `json:"sure,omitzero"`
	Slots     map[string]string   `json:"slots,omitzero"` // of the last errand
}

// Wish is an errand that waits for its turn.
type Wish struct {
	Intent     string  `json:"intent"`
	Confidence float64 `json:"confidence"`
	Text       string  `json:"text"`
	Doubt      bool    `json:"doubt,omitzero"`   // nobody has plainly asked for it: a duty needs a yes
	Again      bool    `json:"again,omitzero"`   // the errand before once more, for something else: what isn't an item stays as it was
	Inherit    bool    `json:"inherit,omitzero"` // it takes the place of the errand before, and is about the same things
}

// Proof is how far an anonymous visitor has come with proving who they are.
type Proof struct {
	Asking bool   `json:"asking,omitzero"` // what is awaited is for the proof, not for a slot
	Order  string `json:"order,omitzero"`
	Phone  string `json:"phone,omitzero"`
	Party  string `json:"party,omitzero"` // that a code was sent to, not yet proved
	Sent   bool   `json:"sent,omitzero"`  // a code is under way
	Misses int    `json:"misses,omitzero"`
	Tries  int    `json:"tries,omitzero"` // texts in a row that gave no detail
}

// Errand is one errand under way.
type Errand struct {
	Number     int                        `json:"n"`
	Intent     string                     `json:"intent"`
	Confidence float64                    `json:"confidence"`
	Pack       string                     `json:"pack"` // hash: the steps of another pack are others
	Step       int                        `json:"step"`
	Slots      map[string]Value           `json:"slots,omitzero"`
	Part       map[string]string          `json:"part,omitzero"`  // slot → the day of a time that still lacks its hour
	Tries      map[string]int             `json:"tries,omitzero"` // slot → texts that gave no value
	Skipped    []string                   `json:"skipped,omitzero"`
	Heard      []Heard                    `json:"heard,omitzero"`
	Mined      map[string]int             `json:"mined,omitzero"` // slot → how many of Heard were looked through
	Trouble    map[string]Trouble         `json:"trouble,omitzero"`
	Results    map[string]json.RawMessage `json:"results,omitzero"`
	Draft      action.ID                  `json:"draft,omitzero"`
	Drafts     int                        `json:"drafts,omitzero"`
	ReadBack   string                     `json:"read_back,omitzero"`
	Await      string                     `json:"await,omitzero"` // while paused
	Finished   string                     `json:"finished,omitzero"`
	Doubt      bool                       `json:"doubt,omitzero"`   // a duty that is asked about all the same
	Again      bool                       `json:"again,omitzero"`   // see Wish
	Inherit    bool                       `json:"inherit,omitzero"` // what the text leaves open is as in the errand before
}

// Heard is a text that may hold values of slots.
type Heard struct {
	Text    string `json:"text"`
	Opening bool   `json:"opening,omitzero"` // the errand began with it
}

// Trouble is why a value that was understood can't be taken.
type Trouble struct {
	Code  string         `json:"code"`
	Value string         `json:"value,omitzero"`
	Facts map[string]any `json:"facts,omitzero"`
	Reply string         `json:"reply,omitzero"` // of a refusal: the key that explains it
}

// Value is what a slot holds, and how people read it.
type Value struct {
	V  string `json:"v"`
	EN string `json:"en,omitzero"` // empty: V
	ZH string `json:"zh,omitzero"` // empty: EN
}

// NewState is the beginning of a conversation.
func NewState() *State { return (&State{Version: stateVersion}).filled() }

// ReadState reads what Encode wrote; what is missing or of another version begins afresh.
func ReadState(b []byte) (*State, error) {
	if len(b) == 0 {
		return NewState(), nil
	}
	s := &State{}
	if err := json.Unmarshal(b, s); err != nil {
		return nil, fmt.Errorf("state of the dialogue: %w", err)
	}
	if s.Version != stateVersion {
		return NewState(), nil
	}
	return s.filled(), nil
}

// Encode is the state as JSON.
func (s *State) Encode() ([]byte, error) { return json.Marshal(s) }

func (s *State) filled() *State {
	if s.Lists == nil {
		s.Lists = map[string][]string{}
	}
	if s.Known == nil {
		s.Known = map[string]Value{}
	}
	if s.Said == nil {
		s.Said = map[string]int{}
	}
	for _, e := range append(slices.Clone(s.Paused), s.Errand) {
		if e != nil {
			e.fill()
		}
	}
	return s
}

func (r *Errand) fill() {
	if r.Slots == nil {
		r.Slots = map[string]Value{}
	}
	if r.Part == nil {
		r.Part = map[string]string{}
	}
	if r.Tries == nil {
		r.Tries = map[string]int{}
	}
	if r.Mined == nil {
		r.Mined = map[string]int{}
	}
	if r.Trouble == nil {
		r.Trouble = map[string]Trouble{}
	}
	if r.Results == nil {
		r.Results = map[string]json.RawMessage{}
	}
}

// values are the filled slots, as values.
func (r *Errand) values() map[string]string {
	out := make(map[string]string, len(r.Slots))
	for name, v := range r.Slots {
		out[name] = v.V
	}
	return out
}

// Wording is the value as agents read it; both languages are there.
func (v Value) Wording() assist.Wording {
	w := assist.Wording{EN: v.EN, ZH: v.ZH}
	if w.EN == "" {
		w.EN = v.V
	}
	if w.ZH == "" {
		w.ZH = w.EN
	}
	return w
}

// wording is for agents what a change's arguments are, where those are values of slots that read otherwise.
func (r *Errand) wording(args map[string]string) map[string]assist.Wording {
	out := map[string]assist.Wording{}
	for name, value := range args {
		if v, ok := r.Slots[name]; ok && v.V == value {
			if w := v.Wording(); w.EN != value || w.ZH != value {
				out[name] = w
			}
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

const mostMentioned = 12

// mention remembers what the conversation speaks of, newest last.
func (s *State) mention(id string) {
	if id == "" {
		return
	}
	s.Mentioned = append(slices.DeleteFunc(s.Mentioned, func(x string) bool { return x == id }), id)
	s.Mentioned = s.Mentioned[max(0, len(s.Mentioned)-mostMentioned):]
}
