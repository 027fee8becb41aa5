package pack

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"deskhand/assist/backoffice"
	"deskhand/assist/knowledge"
	"deskhand/assist/nlu"

	"go.yaml.in/yaml/v3"
)

// FewPhrases is how many phrases an intent should have in each language; fewer are warned of.
const FewPhrases = 30

// Load reads the packs of those names from fsys (a folder each, as assets/packs), each merged with the common one, which
// it reads besides. The actions are those that the product knows. The error is a Problems: everything that is wrong in
// any of them.
func Load(fsys fs.FS, actions []backoffice.Action, names ...string) ([]*Pack, error) {
	f := &faults{}
	shared := loadOne(fsys, Common, nil, actions, f)
	var out []*Pack
	for _, name := range names {
		if name == Common {
			out = append(out, shared.checked(f))
			continue
		}
		out = append(out, loadOne(fsys, name, shared, actions, f).checked(f))
	}
	return out, f.err()
}

// loadOne reads one folder and merges it with the common pack.
func loadOne(fsys fs.FS, name string, shared *Pack, actions []backoffice.Action, f *faults) *Pack {
	p := &Pack{Name: name, Slots: map[string]*Slot{}, Intents: map[string]*Intent{}, Actions: map[string]backoffice.Action{},
		replies: map[string]map[string][]*variant{}}
	for _, a := range actions {
		p.Actions[a.Name] = a
	}
	warned := len(f.warnings)
	d := &definition{file: file{path.Join(name, "pack.yaml"), f}, p: p, lines: map[string]int{}}
	definitions := p.open(fsys, d.file)
	readable := d.parseIf(definitions)
	if readable != nil {
		d.read(readable)
	}
	sum := [][]byte{definitions}
	for _, language := range Languages() {
		r := &replies{file: file{path.Join(name, "replies."+language+".yaml"), f}, language: language, into: map[string][]*variant{}}
		text := p.open(fsys, r.file)
		if n := r.parseIf(text); n != nil {
			r.read(n)
		}
		p.replies[language] = r.into
		more := p.open(fsys, file{path.Join(name, "phrases."+language+".tsv"), f})
		if readable != nil { // else every intent would be unknown
			p.phrases(file{path.Join(name, "phrases."+language+".tsv"), f}, language, string(more), shared)
		}
		sum = append(sum, text, more)
	}
	p.articles(fsys, name, f)
	p.hash = hashOf(sum...)
	if shared != nil {
		p.merge(shared)
	}
	p.fewPhrases(d)
	p.checkDefinition(d)
	p.Warnings = slices.Clone(f.warnings[warned:])
	return p
}

func (f file) parseIf(text []byte) (n *yaml.Node) {
	if text == nil {
		return nil
	}
	return f.parse(text)
}

func (p *Pack) open(fsys fs.FS, f file) []byte {
	text, err := fs.ReadFile(fsys, f.name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.add(f.name, 0, "the file is missing")
	case err != nil:
		f.add(f.name, 0, "%v", err)
	default:
		return text
	}
	return nil
}

func (p *Pack) articles(fsys fs.FS, name string, f *faults) {
	articles, err := knowledge.Load(fsys, name)
	if err != nil {
		f.add(path.Join(name, "articles"), 0, "%v", err)
	}
	p.Articles = articles
}

// phrases reads lines of "intent<TAB>text" under a header line.
func (p *Pack) phrases(f file, language, text string, shared *Pack) {
	lines := strings.Split(text, "\n")
	seen := map[string]bool{}
	for n, line := range lines {
		line = strings.TrimRight(line, "\r")
		if n == 0 {
			if text != "" && line != "intent\ttext" {
				f.add(f.name, 1, "the first line must read \"intent<TAB>text\"")
			}
			continue
		}
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		intent, said, ok := strings.Cut(line, "\t")
		if !ok || strings.TrimSpace(said) == "" || strings.Contains(said, "\t") {
			f.add(f.name, n+1, "a line is written \"intent<TAB>text\"")
			continue
		}
		_, own := p.Intents[intent]
		if !own && (shared == nil || shared.Intents[intent] == nil) {
			if !seen[intent] { // once is enough to find it
				f.add(f.name, n+1, "unknown intent %q", intent)
			}
			seen[intent] = true
			continue
		}
		if said = strings.TrimSpace(said); !seen[intent+"\t"+said] {
			seen[intent+"\t"+said] = true
			p.Phrases = append(p.Phrases, nlu.Phrase{Text: said, Intent: intent, Language: language})
		}
	}
}

// fewPhrases warns of intents that the classifier will hardly learn.
func (p *Pack) fewPhrases(d *definition) {
	count := map[string]int{}
	for _, x := range p.Phrases {
		count[x.Language+" "+x.Intent]++
	}
	for _, name := range p.Order {
		if p.Intents[name].Pack != p.Name {
			continue
		}
		for _, language := range Languages() {
			if n := count[language+" "+name]; n < FewPhrases {
				d.warn(d.name, d.lines["intent "+name], "intent %s has %d phrases in %s; write at least %d", name, n, language, FewPhrases)
			}
		}
	}
}

// merge adds what the common pack has and this one hasn't.
func (p *Pack) merge(c *Pack) {
	for name, s := range c.Slots {
		if p.Slots[name] == nil {
			p.Slots[name] = s
		}
	}
	for _, name := range c.Order {
		if p.Intents[name] == nil {
			p.Intents[name] = c.Intents[name]
			p.Order = append(p.Order, name)
		}
	}
	for name, a := range c.Actions {
		if _, own := p.Actions[name]; !own {
			p.Actions[name] = a
		}
	}
	if len(p.Identify) == 0 {
		p.Identify = c.Identify
	}
	p.Phrases = append(p.Phrases, c.Phrases...)
	p.Articles = append(p.Articles, c.Articles...)
	for language, r := range c.replies {
		merged := maps.Clone(r)
		maps.Copy(merged, p.replies[language])
		p.replies[language] = merged
	}
	p.hash = hashOf([]byte(p.hash), []byte(c.hash))
}

func (p *Pack) checked(f *faults) *Pack {
	p.checkReplies(f)
	p.checkReferences(f)
	return p
}

// checkReplies wants everything said that the flows say, in both languages.
func (p *Pack) checkReplies(f *faults) {
	for _, name := range p.Order {
		i := p.Intents[name]
		if p.Name != Common && i.Pack == Common {
			continue
		}
		for _, language := range Languages() {
			file := path.Join(p.Name, fmt.Sprintf("replies.%s.yaml", language))
			for _, key := range p.needed(i) {
				if p.Variants(language, key) == 0 {
					f.add(file, p.lineOf(language, file, name), "%s is missing", key)
				}
			}
		}
	}
}

// lineOf is where the replies to an intent begin in a file; 1 if it has none.
func (p *Pack) lineOf(language, file, intent string) int {
	first := 0
	for key, variants := range p.replies[language] {
		for _, v := range variants {
			if strings.HasPrefix(key, intent+".") && v.file == file && (first == 0 || v.line < first) {
				first = v.line
			}
		}
	}
	return max(first, 1)
}

// needed lists the keys that the flow of the intent says.
func (p *Pack) needed(i *Intent) []string {
	var keys []string
	for _, s := range i.Flow {
		switch s.Do {
		case DoSay:
			if !p.hasArticle(i.Name) || s.Say != "answer" {
				keys = append(keys, i.Name+"."+s.Say)
			}
		case DoChange:
			keys = append(keys, i.Name+"."+s.Say)
			if !i.Duty {
				keys = append(keys, i.Name+"."+s.Back)
			}
		}
	}
	return keys
}

func (p *Pack) hasArticle(id string) bool {
	return slices.ContainsFunc(p.Articles, func(a knowledge.Article) bool { return a.ID == id && a.Pack == p.Name })
}
