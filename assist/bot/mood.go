package bot

import (
	"regexp"
	"strings"
	"unicode"

	"deskhand/assist"
	"deskhand/assist/bot/flow"
)

// mood is how a text sounds.
type mood string

// The moods that the first line answers.
const (
	calm    mood = ""
	angry   mood = "angry"
	worried mood = "worried"
	hurried mood = "hurried"
	glad    mood = "glad"
)

var (
	angryWords   = regexp.MustCompile(`(?i)\b(angry|furious|outrag(ed|eous)|ridiculous|disgusting|disgraceful|pathetic|useless|garbage|crap|bullshit|bs|wtf|damn(ed)?|f+u+c+k+\w*|shit(ty)?|fed up|sick (and tired )?of|worst|unacceptable|(such|you.?re|it.?s|that.?s|this is|company is|service is|bank is|shop is) a joke|scam(mers?)?|rip[- ]?off|how many times|for the (third|fourth|hundredth|\d+th) time|hate (you|this|your)|terrible|horrible|appalling|incompetent|idiots?|stupid)\b|!!!`)
	angryZH      = regexp.MustCompile(`气死|太过分|什么玩意|什么破|垃圾|骗子|坑人|坑爹|差劲|恶心|烦死|无语|忍无可忍|搞什么|有病吧|他妈的|你妈的|(^|[，。！,\s])妈的|滚|废物|(第[三四五六七八九十]|好几|无数|多少)次了|受够了|太差了|糟糕透|投诉你们|！！！`)
	worriedWords = regexp.MustCompile(`(?i)\b(worried|anxious|scared|afraid|panic(king|ked)?|desperate|so upset|stressed|nervous|oh no|help me please|heartbroken)\b|担心|着急死|急死|害怕|慌|焦虑|怎么办啊|好怕|完了完了`)
	hurriedWords = regexp.MustCompile(`(?i)\b(asap|urgent(ly)?|quick(ly)?|hurry|in a rush|right now|immediately|no time)\b|赶紧|赶快|快点|马上|尽快|急用|着急|急！`)
	gladWords    = regexp.MustCompile(`(?i)\b(great|awesome|love(ly)?|amazing|wonderful|fantastic|perfect|brilliant|happy|excited)\b|太好了|太棒了|真棒|开心|喜欢|好喜欢|完美|满意`)
	negated      = regexp.MustCompile(`(?i)\b(not|isn'?t|wasn'?t|aren'?t|don'?t|doesn'?t|didn'?t|never|no)\b|不|没`)
)

func moodOf(text string) mood {
	switch {
	case angryWords.MatchString(text), angryZH.MatchString(text), shouted(text):
		return angry
	case worriedWords.MatchString(text):
		return worried
	case hurriedWords.MatchString(text):
		return hurried
	case gladWords.MatchString(text) && !negated.MatchString(text):
		return glad
	}
	return calm
}

// shouted tells whether a longer text is written in capitals alone.
func shouted(text string) bool {
	upper, lower := 0, 0
	for _, r := range text {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	return upper >= 14 && lower*8 <= upper && len(strings.Fields(text)) >= 4
}

// mostAnger is in how many turns a customer is angry before a person takes over.
const mostAnger = 3

// feel answers the mood: one apology, and a person if anger stays.
func (d *Dialogue) feel(x *exchange) error {
	m := moodOf(x.text)
	if m != angry {
		x.State.Mood = string(m)
		return nil
	}
	x.State.Anger++
	x.State.Mood = string(angry)
	if x.State.Anger < mostAnger {
		return nil
	}
	x.HandOff("mood", assist.PriorityHigh)
	return x.Say(nil, "handoff.mood")
}

// greet puts the first line before what the turn says: who speaks, in the first turn, and an answer to the mood.
func (d *Dialogue) greet(x *exchange) error {
	s := x.State
	m := mood(s.Mood)
	s.Mood = ""
	if x.Handoff() != nil && x.Handoff().Reason == "safety" {
		s.Greeted = true
		return nil // one kind sentence, nothing before it
	}
	if !s.Greeted {
		if err := d.introduce(x, m); err != nil {
			return err
		}
	}
	first := !s.Greeted
	s.Greeted = true
	if m != calm && !(m == angry && s.Anger > 1) && !(m != angry && !first) && x.Handoff() == nil {
		title := ""
		if i := x.Pack.Intents[s.Intent]; i != nil && !courtesy(x, s.Intent) {
			title = i.Title.In(s.Language)
		}
		if err := x.Lead(flow.Data{"title": title}, "mood."+string(m)); err != nil {
			return err
		}
	}
	return nil
}

// introduce says who speaks.
func (d *Dialogue) introduce(x *exchange, m mood) error {
	switch _, known := x.Person(); {
	case m == hurried || m == angry:
		return x.Lead(nil, "greeting.short")
	case known:
		return x.Lead(nil, "greeting.named")
	}
	return x.Lead(nil, "greeting.anonymous")
}
