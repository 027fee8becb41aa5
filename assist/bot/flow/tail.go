package flow

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

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

// joined is what stands between things that are named one after the other.
var joined = regexp.MustCompile(`(?i)^[\s\p{P}]*(?:and|as well as|plus|also|&|和|跟|与|还有|以及|、|，|,)?[\s\p{P}]*(?:the|my|order|number|no\.?|那个|订单|单|号)?[\s\p{P}]*$`)

// listed takes the first of several items that a text names one after the other, "NW-1 and NW-2", and leaves the others for
// afterwards.
func (t *Turn) listed(items []backoffice.Item, hits []entity.Hit, text string) (found, bool) {
	hits = slices.SortedFunc(slices.Values(hits), func(a, b entity.Hit) int { return cmp.Compare(a.Start, b.Start) })
	var several []backoffice.Item
	for n, h := range hits {
		if n > 0 && (h.Start < hits[n-1].End || h.Item.ID == hits[n-1].Item.ID || !joined.MatchString(text[hits[n-1].End:h.Start])) {
			return found{}, false
		}
		if at := slices.IndexFunc(items, hasID(h.Item.ID)); at >= 0 {
			several = append(several, items[at])
		}
	}
	if len(several) < 2 || len(several) > mostButtons || len(several) < len(hits) {
		return found{}, false
	}
	f := t.itemFound(several[0], hits[0])
	f.rest = several[1:]
	for _, h := range hits[1:] {
		f.used = append(f.used, entity.Span{Start: h.Start, End: h.End})
	}
	return f, true
}

// eachOf takes the first of all items that a change is wished for, and leaves the others for afterwards: "return both orders".
func eachOf(i *pack.Intent, s *pack.Slot, items []backoffice.Item, f found, text string, how manner) found {
	named := f.value != nil && f.why != entity.WhyAttribute || f.trouble != nil
	if i.Kind == pack.Answer || how != asked && how != opening || named || !meansAll(text) {
		return f
	}
	if how == opening && countHan(text) == 0 && !containsWord(strings.ToLower(text), s.Kind+"s") {
		return f // both of something else
	}
	if len(f.several) < 2 {
		f.several = preferred(i, s.Name, items)
	}
	if len(f.several) < 2 || len(f.several) > mostButtons {
		return f
	}
	return found{value: valueOf(f.several[0]), rest: f.several[1:]}
}

// allThere are all items, where a question that can do without choosing one is asked about all.
func allThere(i *pack.Intent, s *pack.Slot, items []backoffice.Item, text string) bool {
	return i.Kind == pack.Answer && i.Optional(s.Name) && len(items) > 1 && meansAll(text)
}
