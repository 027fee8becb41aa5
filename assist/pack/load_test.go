package pack_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"deskhand/assist/backoffice"
	"deskhand/assist/pack"
)

// files is a small industry beside a small common pack; each test spoils one of them.
func files() map[string]string {
	article := "# hours · Hours\n? when\n\nAlways.\n"
	return map[string]string{
		"common/pack.yaml":       "name: common\ntitle: {en: All, zh: 通用}\nintents:\n  thanks: {title: {en: thank, zh: 道谢}, kind: answer}\n",
		"common/replies.en.yaml": "thanks: {answer: [\"You're welcome.\"]}\nask: {any: [\"What is the {{.title}}?\"]}\n",
		"common/replies.zh.yaml": "thanks: {answer: [不客气。]}\nask: {any: [\"{{.title}}？\"]}\n",
		"common/phrases.en.tsv":  "intent\ttext\nthanks\tthank you\n",
		"common/phrases.zh.tsv":  "intent\ttext\nthanks\t谢谢\n",
		"common/articles.en.md":  article, "common/articles.zh.md": article,
		"vet/pack.yaml": `name: vet
title: {en: Vet, zh: 宠物医院}
slots:
  animal: {type: item, kind: animal, title: {en: animal, zh: 宠物}}
  when: {type: datetime, future: true, title: {en: time, zh: 时间}}
intents:
  visit:
    title: {en: book a visit, zh: 预约}
    kind: action
    verify: identified
    slots: [animal, when]
    action: visits.book
actions:
  - {name: visits.book, change: true, args: [{name: animal, type: id}, {name: when, type: datetime}], terms: [{name: fee, type: money}], result: [{name: number, type: id}]}
  - {name: visits.get, args: [{name: animal, type: id}], result: [{name: fix, type: text}]}
`,
		"vet/replies.en.yaml": "visit:\n  readback: [\"{{.slots.animal}} on {{.slots.when}} for {{money .terms.fee}}?\"]\n  done: [\"Booked as {{.result.number}}.\"]\n",
		"vet/replies.zh.yaml": "visit:\n  readback: [\"{{.slots.animal}}，{{.slots.when}}，{{money .terms.fee}}？\"]\n  done: [\"预约号{{.result.number}}。\"]\n",
		"vet/phrases.en.tsv":  "intent\ttext\nvisit\tmy dog is ill\n",
		"vet/phrases.zh.tsv":  "intent\ttext\nvisit\t我的狗病了\n",
		"vet/articles.en.md":  article, "vet/articles.zh.md": article,
	}
}

func load(all map[string]string) (*pack.Pack, error) {
	fsys := fstest.MapFS{}
	for name, text := range all {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	packs, err := pack.Load(fsys, backoffice.Actions(), "vet")
	return packs[0], err
}

func TestLoad_MergesWithCommon(t *testing.T) {
	p, err := load(files())
	if err != nil {
		t.Fatal(err)
	}
	if p.Intents["thanks"] == nil || !p.Own("visit") || p.Own("thanks") || p.Variants("zh", "thanks.answer") != 1 {
		t.Errorf("got intents %v", slices.Sorted(maps.Keys(p.Intents)))
	}
	if len(p.Warnings) != 2 || !strings.Contains(p.Warnings[0].String(), "vet/pack.yaml:7: intent visit has 1 phrases in en") {
		t.Errorf("got warnings %v", p.Warnings)
	}
	if len(p.Phrases) != 4 || p.Hash() == "" {
		t.Errorf("got %d phrases, hash %q", len(p.Phrases), p.Hash())
	}
}

func TestLoad_RefusesWithFileAndLine(t *testing.T) {
	for _, tc := range []struct{ file, old, new, want string }{
		{"vet/pack.yaml", "kind: action\n", "kind: action\n    colour: red\n", `vet/pack.yaml:10: unknown key "colour"`},
		{"vet/pack.yaml", "type: datetime, future", "type: moment, future", `vet/pack.yaml:5: slot when: unknown type "moment"`},
		{"vet/pack.yaml", "    action: visits.book\n", "    action: visits.make\n", "vet/pack.yaml:7: intent visit: unknown action visits.make"},
		{"vet/pack.yaml", "slots: [animal, when]", "slots: [animal, day]", "vet/pack.yaml:7: intent visit: unknown slot day"},
		{"vet/pack.yaml", "slots: [animal, when]", "slots: [animal]", "intent visit: action visits.book needs when"},
		{"vet/pack.yaml", "verify: identified", "verify: maybe", `vet/pack.yaml:10: verify is "maybe"`},
		{"vet/pack.yaml", "    kind: action", "    kind: handoff", "vet/pack.yaml:7: intent visit: kind handoff needs its reason"},
		{"vet/pack.yaml", "name: vet\n", "name: dog\n", `name is "dog", the folder is "vet"`},
		{"vet/pack.yaml", "kind: animal, title", "kind: animal, needs: [when, animal], title", "slot animal needs itself"},
		{"vet/pack.yaml", "    action: visits.book\n", "    action: visits.book\n    flow: [verify, dance]\n", `vet/pack.yaml:13: unknown step "dance"`},
		{"vet/pack.yaml", "    action: visits.book\n", "    action: visits.book\n    flow: [{if: diagnosis.fix, then: [end]}]\n", "vet/pack.yaml:13: intent visit: if diagnosis.fix: nothing has been read as diagnosis before"},
		{"vet/pack.yaml", "    action: visits.book\n", "    action: visits.book\n    flow: [{read: {action: visits.get, args: {cat: x}}}]\n", "vet/pack.yaml:13: intent visit: action visits.get has no argument cat"},
		{"vet/pack.yaml", "    action: visits.book\n", "    action: visits.book\n    flow: [{read: {action: visits.book}}]\n", "action visits.book can't be used with read"},
		{"vet/pack.yaml", "    action: visits.book\n", "    action: visits.book\n    limit: lots\n", `limit is "lots"`},
		{"vet/pack.yaml", "slots:\n", "slots: [\n", "vet/pack.yaml:"},
		{"vet/replies.zh.yaml", "  done:", "  gone:", "vet/replies.zh.yaml:2: visit.done is missing"},
		{"vet/replies.zh.yaml", "visit:", "vist:", "vet/replies.zh.yaml:1: visit.done is missing"},
		{"vet/pack.yaml", "slots:\n", "identify: [face]\nslots:\n", `vet/pack.yaml:3: identify: "face" is none`},
		{"vet/replies.en.yaml", "{{.result.number}}", "{{.result.numbre}}", "vet/replies.en.yaml:3: visit.done: .result.numbre: result of visits.book has no such field"},
		{"vet/replies.en.yaml", "{{.slots.animal}}", "{{.slots.animl}}", "vet/replies.en.yaml:2: visit.readback: .slots.animl: the pack has no slot animl"},
		{"vet/replies.en.yaml", "{{money", "{{monney", "vet/replies.en.yaml:2: visit.readback"},
		{"vet/replies.en.yaml", "{{.slots.animal}}", "{{.pet}}", "vet/replies.en.yaml:2: visit.readback: there is no .pet"},
		{"vet/phrases.en.tsv", "visit\t", "vist\t", `vet/phrases.en.tsv:2: unknown intent "vist"`},
		{"vet/phrases.zh.tsv", "visit\t", "visit ", "vet/phrases.zh.tsv:2: a line is written"},
		{"vet/articles.zh.md", "# hours", "#hours", "vet/articles.zh.md:1"},
	} {
		all := files()
		if !strings.Contains(all[tc.file], tc.old) {
			t.Fatalf("%s has no %q", tc.file, tc.old)
		}
		all[tc.file] = strings.Replace(all[tc.file], tc.old, tc.new, 1)
		_, err := load(all)
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s with %q: got %v, want %q", tc.file, tc.new, err, tc.want)
		}
		var problems pack.Problems
		if err != nil && (!errors.As(err, &problems) || !problems.Unreadable()) {
			t.Errorf("%s: %T is no Problems", tc.file, err)
		}
	}
}

func TestLoad_NamesMissingFiles(t *testing.T) {
	for name := range files() {
		all := files()
		delete(all, name)
		if _, err := load(all); err == nil || !strings.Contains(err.Error(), strings.TrimSuffix(strings.TrimSuffix(name, ".en.md"), ".zh.md")) {
			t.Errorf("without %s: got %v", name, err)
		}
	}
}

func TestSay_FillsInAndNeverExecutesWhatItIsGiven(t *testing.T) {
	p, err := load(files())
	if err != nil {
		t.Fatal(err)
	}
	v := pack.Voice{Language: "en", Currency: "USD", Now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}
	data := map[string]any{"slots": map[string]any{"animal": "{{.terms.fee}}", "when": "now"}, "terms": map[string]any{"fee": "1234.50"}}
	got, err := p.Say("visit.readback", 0, v, data)
	if err != nil || got != "{{.terms.fee}} on now for $1234.50?" {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := p.Say("visit.done", 0, v, map[string]any{"result": map[string]any{}}); err == nil {
		t.Error("a missing value was said")
	}
}

// Whatever stands in the files, loading ends with packs or problems.
func FuzzLoad(f *testing.F) {
	all := files()
	f.Add(all["vet/pack.yaml"], all["vet/replies.en.yaml"], all["vet/phrases.en.tsv"])
	f.Add("name: vet\nslots: {a: {type: item, kind: x, needs: [a], title: {en: a, zh: b}}}\n", "a: &x [*x]\n", "intent\ttext\n\t\t\t\n")
	f.Fuzz(func(t *testing.T, definition, replies, phrases string) {
		all := files()
		all["vet/pack.yaml"], all["vet/replies.en.yaml"], all["vet/phrases.en.tsv"] = definition, replies, phrases
		p, err := load(all)
		if err == nil && p.Hash() == "" {
			t.Error("a pack without a hash")
		}
	})
}

// An inbox may name several packs.
func TestJoin(t *testing.T) {
	all := files()
	for name, text := range files() {
		if rest, ok := strings.CutPrefix(name, "vet/"); ok {
			text = strings.NewReplacer("name: vet\n", "name: zoo\n", "visit", "tour", "Booked", "Toured").Replace(text)
			all["zoo/"+rest] = text
		}
	}
	fsys := fstest.MapFS{}
	for name, text := range all {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	packs, err := pack.Load(fsys, nil, "vet", "zoo")
	if err != nil {
		t.Fatal(err)
	}
	p := pack.Join(packs...)
	if p.Name != "vet+zoo" || !p.Own("visit") || !p.Own("tour") || len(p.Phrases) != 6 || len(p.Articles) != 6 || p.Variants("en", "tour.done") != 1 {
		t.Errorf("got %s with %v, %d phrases, %d articles", p.Name, p.Order, len(p.Phrases), len(p.Articles))
	}
	if packs[0].Intents["tour"] != nil {
		t.Error("joining changed a pack")
	}
}
