package flow

import (
	"regexp"
	"slices"

	"deskhand/assist/backoffice"
	"deskhand/assist/nlu/entity"
	"deskhand/assist/pack"
)

// strangeTail finds the last digits of a card, say, that none of the items has: whatever else the text fits, none of them
// is meant.
func strangeTail(items []backoffice.Item, text string, how manner) (found, bool) {
	const last4 = "last4"
	if how == mined || !slices.ContainsFunc(items, func(x backoffice.Item) bool { return x.Attributes[last4] != "" }) {
		return found{}, false
	}
	strange := ""
	for _, tail := range entity.CardTails(text) {
		if slices.ContainsFunc(items, func(x backoffice.Item) bool { return x.Attributes[last4] == tail.Text }) {
			return found{}, false
		}
		strange = tail.Text
	}
	if strange == "" {
		return found{}, false
	}
	return troubled("not_yours", strange), true
}

var (
	allOf   = regexp.MustCompile(`(?i)\b(?:both|each|all|every)\b(?: of)?(?: (?:the|my|our|these|those|them))?(?: (?:two|three|four))? (?:accounts?|cards?|transfers?|students|children|kids|tickets|lines)\b`)
	allOfZH = regexp.MustCompile(`(?:两个|俩|所有|全部|每个|各个?|几个)的?(?:账户|帐户|户头|账号|卡|孩子|学生)|^[\s\p{P}]*(?:都|全部|全都|所有|两个)(?:都|要|查|看|给我)*(?:一下|看看)?(?:吧|的)?[\s\p{P}]*$|(?:^|[，,。\s])都(?:要|查|看)`)
)

// meansAll tells whether a text asks for all of what there is: "both", "all my accounts", 全部.
func meansAll(text string) bool {
	return allOf.MatchString(text) || allOfZH.MatchString(text) ||
		slices.ContainsFunc(entity.Ordinals(text), func(o entity.Ordinal) bool { return o.Both })
}

// allThere are all items, where a question that can do without choosing one is asked about all.
func allThere(i *pack.Intent, s *pack.Slot, items []backoffice.Item, text string) bool {
	return i.Kind == pack.Answer && i.Optional(s.Name) && len(items) > 1 && meansAll(text)
}
