package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"unicode"

	"deskhand/assist"
	"deskhand/assist/intake"
	"deskhand/assist/knowledge"
)

// Clerk is the first Responder: it answers from articles, passes on by request, and hands over when it doesn't
// know the answer twice in a row. Understanding of errands comes with the packs' flows.
type Clerk struct {
	index *knowledge.Index
	lines map[string]map[string][]string // language → key → variants
}

// Confidences of the clerk: above Sure it answers, between the two it asks whether it understood right.
const (
	sure   = 0.4
	unsure = 0.27
)

// The articles of the common pack that the clerk acts on besides answering.
const (
	commonPack = "common"
	askHuman   = "ask_human"
	outOfScope = "out_of_scope"
)

// ownPack is what the company's own articles count as, known in every inbox.
const ownPack = "own"

// NewClerk reads articles and lines of the packs from fsys (assets/packs), and the company's own articles, if
// it has any, from the folder own.
func NewClerk(fsys, own fs.FS, packs []string) (*Clerk, error) {
	articles, err := knowledge.Load(fsys, append([]string{commonPack}, packs...)...)
	if err != nil {
		return nil, err
	}
	if own != nil {
		more, err := knowledge.LoadFolder(own, ownPack)
		if err != nil {
			return nil, err
		}
		articles = append(articles, more...)
	}
	c := &Clerk{index: knowledge.New(articles), lines: map[string]map[string][]string{}}
	for _, language := range []string{"en", "zh"} {
		name := commonPack + "/lines." + language + ".json"
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("lines of the bot: %w", err)
		}
		var lines map[string][]string
		if err := json.Unmarshal(text, &lines); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for _, key := range []string{"greeting", "unknown", "handoff", "handoff_unknown", "unsure"} {
			if len(lines[key]) == 0 {
				return nil, fmt.Errorf("%s: %q is missing", name, key)
			}
		}
		c.lines[language] = lines
	}
	return c, nil
}

// Respond implements Responder.
func (c *Clerk) Respond(_ context.Context, t Turn) (Answer, error) {
	said := t.Transcript[len(t.Transcript)-1]
	language := languageOf(said.Text, t.Conversation.Language)
	a := Answer{Language: language}
	hits := c.index.Find(said.Text, language, append([]string{commonPack, ownPack}, t.Inbox.Packs...), 3)
	switch {
	case len(hits) > 0 && hits[0].Confidence >= sure:
		c.answer(&a, t, hits[0])
	case len(hits) > 0 && hits[0].Confidence >= unsure && !missed(t.Transcript):
		c.ask(&a, t, hits)
	default:
		c.dontKnow(&a, t)
	}
	if t.First && a.Text != "" {
		hello := strings.ReplaceAll(c.line("greeting", language, t), "{company}", t.Inbox.DisplayName(language))
		a.Text = hello + "\n" + a.Text
	}
	return a, nil
}

func (c *Clerk) answer(a *Answer, t Turn, h knowledge.Hit) {
	a.Turn = assist.BotTurn{Intent: h.Article.ID, Confidence: h.Confidence}
	if h.Article.ID == askHuman {
		c.handOff(a, t, "customer_asked", "handoff")
		return
	}
	a.Text = h.Article.Body
	if h.Article.Pack != commonPack {
		a.Turn.Sources = []assist.Source{{Kind: "article", ID: h.Article.Pack + "/" + h.Article.ID, Title: h.Article.Title}}
	}
}

// ask offers what may have been meant as buttons.
func (c *Clerk) ask(a *Answer, t Turn, hits []knowledge.Hit) {
	a.Turn = assist.BotTurn{Intent: hits[0].Article.ID, Confidence: hits[0].Confidence, Awaiting: "intent"}
	a.Text = c.line("unsure", a.Language, t)
	for _, h := range hits {
		if h.Confidence >= unsure {
			a.Choices = append(a.Choices, assist.Choice{Label: h.Article.Title, Text: h.Article.Title})
		}
	}
}

func (c *Clerk) dontKnow(a *Answer, t Turn) {
	a.Turn = assist.BotTurn{Intent: outOfScope, Confidence: 0}
	if missed(t.Transcript) {
		c.handOff(a, t, outOfScope, "handoff_unknown")
		return
	}
	a.Text = c.line("unknown", a.Language, t)
}

// missed tells whether the bot did not know what to say in its last turn.
func missed(transcript []assist.Message) bool {
	for i := len(transcript) - 1; i >= 0; i-- {
		switch m := transcript[i]; m.From.Kind {
		case assist.ActorBot:
			return m.Bot != nil && (m.Bot.Intent == outOfScope || m.Bot.Awaiting != "")
		case assist.ActorAgent:
			return false
		}
	}
	return false
}

func (c *Clerk) handOff(a *Answer, t Turn, reason, line string) {
	a.Text = c.line(line, a.Language, t)
	h := intake.Handoff(reason, t.Transcript)
	h.Intent = a.Turn.Intent
	a.Handoff = &h
}

// line is a variant of a line; which one goes by how far the conversation is, so that they vary and a test
// can foresee them.
func (c *Clerk) line(key, language string, t Turn) string {
	variants := c.lines[language][key]
	return variants[int(t.Conversation.Seq)%len(variants)]
}

// languageOf tells Chinese from English by script; a text with neither keeps the conversation's language.
func languageOf(text, before string) string {
	han, latin := 0, 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.Is(unicode.Latin, r):
			latin++
		}
	}
	switch {
	case han > 0 && han*4 >= latin: // a Han character says about as much as four letters
		return "zh"
	case latin >= 3:
		return "en"
	case before == "zh":
		return "zh"
	}
	return "en"
}
