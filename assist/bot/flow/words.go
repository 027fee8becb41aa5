package flow

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"deskhand/assist/nlu/entity"
	"deskhand/assist/pack"
)

// freeText reads a text as the customer wrote it. Where it wasn't asked for, only a reason that is given as one counts, or,
// for a slot that takes the opening, a first message that tells more than what is wanted.
func (t *Turn) freeText(s *pack.Slot, text string, how manner) found {
	switch how {
	case asked:
		if NonAnswer(text) {
			return found{}
		}
		if tail := entity.Tail(text, t.State.Language); tail != "" {
			return found{value: &Value{V: tail}}
		}
		return found{}
	case amended:
		return found{}
	}
	if s.Opening && how == opening && tellsEnough(text) {
		return found{value: &Value{V: strings.TrimSpace(text)}}
	}
	if because := reasonIn(text); because != "" && !s.Opening {
		return found{value: &Value{V: because}}
	}
	return found{}
}

var (
	unknowing = regexp.MustCompile(`(?i)^[\s\p{P}\p{S}]*((i )?(really )?(don'?t|do not|dunno|no) ?(know|idea|clue|remember|recall)?( it| that| which| what)?|dunno|not sure|no idea|i'?m not sure|i have no (idea|clue)|whatever|idk|\?+|huh|what)[\s\p{P}\p{S}]*$`)
	unsaid    = regexp.MustCompile(`^[\s\p{P}\p{S}]*(我?(也|真的|实在)?(不|没)(知道|清楚|晓得|记得|确定|太清楚|太确定|懂|想好)(了|啊|呢|吧|呀|诶)?|忘(记)?了|随便|说不清|没想好|啥|什么)[\s\p{P}\p{S}]*$`)
	because   = regexp.MustCompile(`(?i)(?:\bbecause\b(?: of)?|\bcos\b|\bcuz\b|\bsince\b (?:(?:it|they|i|we|the|my|this|that|there)\b)|\bdue to\b|\bthe reason is\b(?: that)?|\bas (?:it|they|the)\b)[\s:,]*(.+)$`)
	because2  = regexp.MustCompile(`(?:因为|由于|原因是|原因：|理由是)[，,：:\s]*(.+)$`)
)

// NonAnswer tells whether a text says that the customer doesn't know, in so many words or with none.
func NonAnswer(text string) bool {
	text = strings.TrimSpace(text)
	if text == "" || unknowing.MatchString(text) || unsaid.MatchString(text) {
		return true
	}
	return !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// reasonIn is the reason that a text gives with its wish: after "because", or as a sentence of its own after a comma.
func reasonIn(text string) string {
	text = strings.TrimSpace(text)
	for _, r := range []*regexp.Regexp{because, because2} {
		if m := r.FindStringSubmatch(text); m != nil {
			return trimmed(m[1])
		}
	}
	at := strings.IndexFunc(text, func(r rune) bool { return strings.ContainsRune(",，;；。.!！\n—", r) })
	for at >= 0 && at < len(text) {
		_, size := utf8.DecodeRuneInString(text[at:])
		rest := strings.TrimSpace(text[at+size:])
		if States(rest) {
			return trimmed(rest)
		}
		next := strings.IndexFunc(rest, func(r rune) bool { return strings.ContainsRune(",，;；。!！\n—", r) })
		if next < 0 {
			return ""
		}
		text, at = rest, next
	}
	return ""
}

func trimmed(text string) string { return strings.Trim(strings.TrimSpace(text), " .。!！,，;；") }

var (
	statement = regexp.MustCompile(`(?i)^(it|they|the|this|that|these|those|my|i|we|she|he|both|one|sound|battery|size|colou?r|quality|doesn'?t|don'?t|didn'?t|wrong|too|not|no longer|never|bought|ordered|changed|found|got|arrived|broken|just)\b.*\b(is|are|was|were|isn'?t|aren'?t|wasn'?t|don'?t|doesn'?t|didn'?t|can'?t|won'?t|too|not|wrong|broke|broken|changed|found|bought|ordered|got|hurts?|sounds?|looks?|feels?|works?|fits?|stopped|keeps?|need|want|like|arrived|fell|prefer|mind)\b`)
	demand    = regexp.MustCompile(`(?i)^(please|pls|can|could|would|will|what|how|when|where|which|who|is|are|do|does|thanks|thank|ok|i (want|would|need|wish)( to|'d)|i'?d like|send|give|cancel|return|refund|change|and)\b`)
	stated    = regexp.MustCompile(`(不|没|太|坏|错|少|晚|慢|旧|小|大|重|买|用|想|后悔|有问题|质量|漏|划|杂音|断|松|紧|贵|便宜|冲突|生病|搬家|出差|重复)`)
	demanded  = regexp.MustCompile(`^(请|麻烦|帮|能|可以|可不可以|谢谢|多谢|怎么|什么|哪|吗|我要|我想|给我|退|换|取消|订单)|(吗|呢|？|\?)$`)
)

// States tells whether a clause states something rather than asks for it.
func States(clause string) bool {
	clause = strings.TrimSpace(clause)
	if strings.ContainsFunc(clause, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return utf8.RuneCountInString(clause) >= 3 && stated.MatchString(clause) && !demanded.MatchString(clause)
	}
	return len(strings.Fields(clause)) >= 2 && !strings.HasSuffix(clause, "?") && !demand.MatchString(clause) && statement.MatchString(clause)
}

var wishing = regexp.MustCompile(`(?i)^[\s\p{P}\p{S}]*(hi|hello|hey|good (morning|afternoon|evening))?[\s\p{P}\p{S}]*(please|pls)?[\s\p{P}\p{S}]*(i (want|need|would like|wish)( to)?|i'?d like to|can (you|i)|could (you|i)|help me( to)?|there'?s|i have|i'?ve got)?[\s\p{P}\p{S}]*(report|register|log|book|raise|have|get)?[\s\p{P}\p{S}]*(a|an|the|my)?[\s\p{P}\p{S}]*`)

// tellsEnough tells whether a first message says what the matter is and not only what is wanted.
func tellsEnough(text string) bool {
	if n := countHan(text); n > 0 {
		return n >= 5 && !regexp.MustCompile(`^[\s\p{P}\p{S}]*(我?(要|想|来)?(报修|报障|投诉|咨询|反馈)(一下)?)[\s\p{P}\p{S}]*$`).MatchString(strings.TrimSpace(text))
	}
	return len(strings.Fields(wishing.ReplaceAllString(text, ""))) >= 3
}

func countHan(text string) int {
	n := 0
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n
}
