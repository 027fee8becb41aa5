package composer

import (
	"encoding/json"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"deskhand/assist"
	"deskhand/ui/match"
	"deskhand/ui/state"
)

// Offer is one of the things that "/" or "@" offer.
type Offer struct {
	Title  string // what is taken: "/refund", "@Li Wei"
	Detail string // in short what it says
	Macro  *assist.Macro
	Insert string // with "@": what is put in
}

// otherLanguage is what a macro loses that isn't in the customer's language: it comes after all that are.
const otherLanguage = 1000

// offersMost is how many are offered at once.
const offersMost = 6

// Offers are what is offered for the word before the caret (a byte offset), and the range of bytes that a taken
// offer replaces. Nothing is offered in the middle of ordinary words.
func (p *Presenter) Offers(text string, caret int) (offers []Offer, from, to int) {
	from = wordStart(text, caret)
	word := text[from:caret]
	switch {
	case strings.HasPrefix(word, "/") && p.desk.State.Can("macro.use"):
		return p.macros(word[1:]), from, caret
	case strings.HasPrefix(word, "@") && p.mode == Note:
		return p.colleagues(word[1:]), from, caret
	}
	return nil, 0, 0
}

// wordStart is where the word that ends at the caret begins.
func wordStart(text string, caret int) int {
	i := strings.LastIndexFunc(text[:caret], unicode.IsSpace)
	if i < 0 {
		return 0
	}
	_, size := utf8.DecodeRuneInString(text[i:])
	return i + size
}

func (p *Presenter) macros(query string) []Offer {
	language := ""
	if r, ok := p.desk.State.Row(p.id); ok {
		language = r.Language
	}
	type scored struct {
		offer Offer
		score int
	}
	var found []scored
	for _, m := range p.desk.State.Macros("") {
		best, ok := match.Find(m.Name, query)
		if f, also := match.Find(m.Title, query); also && (!ok || f.Score > best.Score) {
			best, ok = f, true
		}
		if ok {
			detail := m.Title
			if m.Text != "" {
				detail += " · " + strings.Join(strings.Fields(p.expand(m.Text)), " ")
			}
			if m.Language != "" && language != "" && m.Language != language {
				best.Score -= otherLanguage
			}
			found = append(found, scored{Offer{Title: "/" + m.Name, Detail: detail, Macro: &m}, best.Score})
		}
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i].score > found[j].score })
	var out []Offer
	for _, f := range found[:min(len(found), offersMost)] {
		out = append(out, f.offer)
	}
	return out
}

func (p *Presenter) colleagues(query string) []Offer {
	var out []Offer
	for _, a := range p.desk.State.Agents() {
		if a.Agent.Disabled || a.Agent.ID == p.desk.State.You().ID || len(out) == offersMost {
			continue
		}
		_, byName := match.Find(a.Agent.Name, query)
		if _, byLogin := match.Find(a.Agent.Login, query); byName || byLogin {
			out = append(out, Offer{Title: "@" + a.Agent.Name, Detail: p.desk.Lang.State(a.State), Insert: "@" + a.Agent.Name + " "})
		}
	}
	return out
}

// Take is what a taken offer puts in the place of the word; the files of a macro are added to the message, its
// actions are done when it is sent.
func (p *Presenter) Take(o Offer) string {
	if o.Macro == nil {
		return o.Insert
	}
	for _, a := range o.Macro.Files {
		p.files[p.id] = append(p.files[p.id], &File{Name: a.Name, Size: a.Size, Stored: a})
	}
	p.setActions(p.id, append(p.actions[p.id], o.Macro.Actions...))
	p.saveFiles()
	p.changed()
	return p.expand(o.Macro.Text)
}

// Actions are what is done when the text is sent, in words.
func (p *Presenter) Actions() []string {
	var out []string
	for _, a := range p.actions[p.id] {
		out = append(out, p.Action(a))
	}
	return out
}

// Action is one of them in words.
func (p *Presenter) Action(a assist.MacroAction) string {
	return p.desk.Lang.Try("macro.action."+a.Do, a.Do, "value", p.valueOf(a))
}

func (p *Presenter) valueOf(a assist.MacroAction) string {
	switch a.Do {
	case "resolve":
		return p.desk.Lang.Disposition(a.Value)
	case "priority":
		return p.desk.Lang.Priority(a.Priority())
	}
	return a.Value
}

// DropActions forgets what was to be done.
func (p *Presenter) DropActions() {
	p.setActions(p.id, nil)
	p.changed()
}

// expand fills in a macro's variables.
func (p *Presenter) expand(s string) string {
	if r, ok := p.desk.State.Row(p.id); ok {
		return p.desk.Expand(s, r)
	}
	return s
}

// filledIn are actions ready to be done: the variables of notes stand for what they are now.
func (p *Presenter) filledIn(actions []assist.MacroAction) []assist.MacroAction {
	out := slices.Clone(actions)
	for i, a := range out {
		if a.Do == "note" {
			out[i].Value = p.expand(a.Value)
		}
	}
	return out
}

// setActions says what is done when the text is sent, and keeps it beside the draft.
func (p *Presenter) setActions(id assist.ConversationID, all []assist.MacroAction) {
	value := ""
	if len(all) > 0 {
		b, err := json.Marshal(all)
		if err != nil {
			panic("ui/panel/composer: " + err.Error()) // plain data always encodes
		}
		value = string(b)
	}
	p.actions[id] = all
	p.desk.Keep.Set(key("then", id, ""), value)
}

func (p *Presenter) loadActions() {
	if _, known := p.actions[p.id]; known {
		return
	}
	var kept []assist.MacroAction
	if v := p.keep("then", p.id, ""); v != "" && json.Unmarshal([]byte(v), &kept) == nil {
		p.actions[p.id] = kept
	}
}

// After does f once the hub has everything that was sent in the conversation so far.
func (p *Presenter) After(id assist.ConversationID, f func()) {
	p.waiting = append(p.waiting, waiting{id, f})
}

// waiting is something to be done after what was sent is stored.
type waiting struct {
	conversation assist.ConversationID
	do           func()
}

// Settle does what waited for conversations that have nothing unsent any more.
func (p *Presenter) Settle() {
	all := p.waiting
	p.waiting = nil
	for _, w := range all {
		unsent := p.posting[w.conversation] > 0 || slices.ContainsFunc(p.desk.State.Outgoing(w.conversation), func(o state.Outgoing) bool {
			return o.State != state.Sent
		})
		if unsent {
			p.waiting = append(p.waiting, w)
		} else {
			w.do()
		}
	}
}
