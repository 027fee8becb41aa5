package flow

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"deskhand/assist/nlu/entity"
)

// newName reads the name of a person or a company that nobody knows yet. Where it wasn't asked for, only one that is led in
// to counts: "called Lisa Wong", 收款人李明.
func (t *Turn) newName(text string, how manner) found {
	if at, ok := nameIn(text); ok {
		return taken(at, at.Text)
	}
	if how != asked || NonAnswer(text) {
		return found{}
	}
	tail := trimmed(withoutNumbers(answerLeads.ReplaceAllString(entity.Tail(text, t.State.Language), "")))
	if !couldBeName(tail) {
		return found{}
	}
	return taken(spanOf(text, tail), tail)
}

func spanOf(text, part string) entity.Span {
	at := max(strings.Index(text, part), 0)
	return entity.Span{Start: at, End: min(at+len(part), len(text)), Text: part}
}

// What leads in to a name, and the name. Written names have capitals; after the clearest words any will do.
var (
	capitals  = `(\p{Lu}[\p{L}'’.-]*(?: (?:(?:de|da|di|van|von|der|bin|al|el|la|le|and|&) )*\p{Lu}[\p{L}'’.&-]*){0,4})`
	small     = `([\p{Latin}][\p{Latin}'’.-]*(?: [\p{Latin}][\p{Latin}'’.-]*){0,3}?)`
	leads     = `(?i:named|called|name is|name's|name:|payee is|payee:|recipient is|recipient:|beneficiary is|beneficiary:|should be|i mean|make it|it's|it is)`
	namesOfEN = []*regexp.Regexp{
		regexp.MustCompile(`(?:^|[\s,;:])` + leads + `\s+` + capitals),
		regexp.MustCompile(`(?:^|[\s,;:])(?i:for|to|add|save|register|payee|recipient|beneficiary|friend|landlord|landlady|brother|sister|mother|father|mum|mom|dad|cousin|aunt|uncle|wife|husband|boss|colleague|plumber|supplier|company|contractor|nanny|tutor|neighbou?r|flatmate|roommate),?\s+` + capitals),
		regexp.MustCompile(`^\s*` + capitals + `\s*(?:,?\s*\d[\d -]{5,}|,?\s*(?i:account|acct|a/c)|(?i:as a|is the|-))`),
		regexp.MustCompile(`(?i)(?:^|[\s,;:])(?:named|called|name is|name's|name:?)\s+` + small + `\s*(?:$|[,;.!?]|\d|(?:and|account|acct|acc|a/c|with|the|number|no|please|pls|as)\b)`),
		regexp.MustCompile(`(?i)(?:^|[\s,;:])(?:add|save|register)\s+` + small + `\s*(?:,|\d|(?:account|acct|acc|a/c|with|as|to my)\b)`),
	}
	hanName   = `([\p{Han}·]{2,12}?)`
	hanEnd    = `(?:$|[\s,，。.;；！!？?、:：（(0-9０-９]|的|账|卡号|帐|尾号|为|作|做|当|加|添|存|进|到|吧|谢)`
	namesOfZH = []*regexp.Regexp{
		regexp.MustCompile(`(?:名字叫|名字是|姓名是?|户名是?|收款人是|收款人叫|收款人为|对方叫|对方是|他叫|她叫|叫做|叫|应该是|改成)[:：\s]*` + hanName + hanEnd),
		regexp.MustCompile(`(?:收款人|收款方|联系人|户名|姓名)[:：，,\s]*` + hanName + hanEnd),
		regexp.MustCompile(`[把将]` + hanName + `(?:也|给我|帮我)?(?:加|添|存|设|录|保存|登记|列)`),
		regexp.MustCompile(`(?:添加|新增|加上|增加|加|存|登记)(?:一个|一下|个|下)?[:：\s]*` + hanName + hanEnd),
		regexp.MustCompile(`^\s*` + hanName + `\s*[,，、]?\s*(?:账号|帐号|卡号|账户|[0-9０-９][0-9０-９\s-]{5,})`),
	}
	latinInZH   = regexp.MustCompile(`(?:叫|收款人是?|名字是?|户名是?|姓名是?|添加|新增|把|加个?)[:：\s]*` + `([\p{Latin}][\p{Latin}'’.-]*(?: [\p{Latin}][\p{Latin}'’.-]*){0,3})`)
	answerLeads = regexp.MustCompile(`(?i)^(?:(?:his|her|their|the|my \w+'?s?)\s+)?(?:payee'?s?\s+)?(?:name\s*(?:is|:)?|called|named|it's|it is|that's|this is|to|for|my)\s+|^(?:他|她|对方|收款人)?的?(?:名字|姓名|户名)?(?:就?是|就?叫|叫做|为)[:：\s]*`)
	// Words that no name has, wherever they stand.
	noName   = regexp.MustCompile(`(?i)(?:^|\s)(?:a|an|the|my|new|another|someone|somebody|anyone|nobody|payees?|recipient|beneficiary|account|number|person|contact|please|pls|this|that|it|its|him|her|his|them|me|one|to|for|as|transfer|money|details?|list|book|i|i'm|i've|i'd|we|you|your|yes|yeah|no|nope|not|ok|okay|hi|hello|hey|can|could|would|what|how|why|when|where|who|which|is|are|was|am|do|does|don't|didn't|did|have|has|had|want|wanna|need|pay|send|sent|actually|wait|hold|stop|stopped|sorry|lost|card|balance|cancel|nothing|never|mind|forget|leave|maybe|later|sure|thanks|thank|back|else|wrong|check|change|think|know|same|first|second|last|other|both|all|yuan|rmb|dollars?|euros?|oops|hmm?|hm+|instead|rather|meant?|mistake|should)(?:\s|$)`)
	noNameZH = regexp.MustCompile(`收款|账|帐|卡|新|一个|一位|我|你|您|他|她|朋友$|那个|这个|人$|银行|转|钱|什么|怎么|多少|请|麻烦|可以|吗|号码|信息|名单|里面|进去|一下|不|取消|算了|没有|知道|错|改成|改为|换成|对$|应该`)
	digits   = regexp.MustCompile(`(?i)[,，;；]?\s*(?:(?:and |with )?(?:the )?(?:account|acct?|a/c|card)(?: (?:number|no\.?))?(?: is)?|账号是?|帐号是?|卡号是?|账户是?)?[:：#\s]*[0-9０-９][0-9０-９\s-]*`)
)

func withoutNumbers(text string) string { return digits.ReplaceAllString(text, " ") }

// nameIn finds a name that is led in to.
func nameIn(text string) (entity.Span, bool) {
	list := namesOfEN
	if countHan(text) > 0 {
		list = append(namesOfZH[:len(namesOfZH):len(namesOfZH)], latinInZH)
	}
	for _, r := range list {
		for _, m := range r.FindAllStringSubmatchIndex(text, -1) {
			name := trimmed(text[m[2]:m[3]])
			if couldBeName(name) {
				return entity.Span{Start: m[2], End: m[2] + len(text[m[2]:m[3]]), Text: name}, true
			}
		}
	}
	return entity.Span{}, false
}

// couldBeName tells whether a text may be a name: letters, not many, and no word that says something else.
func couldBeName(text string) bool {
	letters := strings.IndexFunc(text, unicode.IsLetter) >= 0
	if !letters || strings.ContainsAny(text, "?？!！。，,;；\n") || utf8.RuneCountInString(text) > longestName {
		return false
	}
	if n := countHan(text); n > 0 {
		return n >= 2 && n <= 20 && !noNameZH.MatchString(text)
	}
	return len(strings.Fields(text)) <= 6 && utf8.RuneCountInString(text) >= 2 && !noName.MatchString(text)
}

const longestName = 60
