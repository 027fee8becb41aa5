package flow

import (
	"regexp"
	"strings"
	"unicode"

	"deskhand/assist/nlu/entity"
)

// Codes that make an order cheaper: letters with digits, as shops print them. Behind a word for such a code, letters alone
// in capitals are one too, and the digits may stand apart.
var (
	voucherWord = `(?:(?:promo(?:tion)?|discount|coupon|voucher|welcome)[ -]*codes?|codes?|coupons?|vouchers?|promo|优惠码|优惠券|折扣码|折扣券|打折码|券码|兑换码|代金券|码|券)`
	voucherLink = `[\s:：,，"'“”‘’]*(?:(?:is|was|called|named|that says|says|是|叫)[\s:："'“”‘’]*)?`
	voucherNext = regexp.MustCompile(`(?i)` + voucherWord + voucherLink + `([a-z]{2,}[ -]?[0-9]{1,4}[a-z0-9]*|[0-9]{1,4}[a-z]{2,}[a-z0-9]*)`)
	voucherBare = regexp.MustCompile(`(?i:` + voucherWord + `)` + voucherLink + `([A-Z]{4,})(?:[^A-Za-z0-9]|$)`)
	voucherSeen = regexp.MustCompile(`(?i)(?:^|[^a-z0-9@._-])([a-z]{3,}-?[0-9]{1,4}[a-z]{0,4}|[0-9]{2,4}[a-z]{4,})(?:[^a-z0-9@_-]|$)`)
	voucherOnly = regexp.MustCompile(`(?i)^\W*(?:it'?s|its|it is|it says|the code is|code|是|叫|优惠码)?[\s:：]*([a-z0-9]{2,}(?:[ -][0-9]{1,4})?)\W*$`)
	// noVoucher are words with digits that say how much or when.
	noVoucher = regexp.MustCompile(`(?i)^[0-9]+(?:st|nd|rd|th|am|pm|percent|per|off|usd|dollars?|bucks?|eur|days?|weeks?|months?|hours?|mins?|pcs|rmb|cny)$|^(?:is|was|for|with|the|and|at|by|to|of|on|in|gives?|takes?|saves?|off|about|only|just|says?|order|over|under|from|until|below|above)[ -]?[0-9]+$`)
)

// voucher reads a code that the back office doesn't list. The value has no spaces and is in capitals.
func (t *Turn) voucher(text string, how manner) found {
	ways := []*regexp.Regexp{voucherNext, voucherBare, voucherSeen}
	if how == asked && !NonAnswer(text) && !saysNo(text) {
		ways = append(ways, voucherOnly)
	}
	for _, way := range ways {
		m := way.FindStringSubmatchIndex(text)
		if m == nil {
			continue
		}
		at := entity.Span{Start: m[2], End: m[3], Text: text[m[2]:m[3]]}
		if noVoucher.MatchString(at.Text) || t.identifies(text, at) {
			continue
		}
		plain := strings.Map(func(r rune) rune {
			if r == ' ' || r == '-' {
				return -1
			}
			return unicode.ToUpper(r)
		}, at.Text)
		return taken(at, plain)
	}
	return found{}
}

// identifies tells whether a stretch of the text is an order, a product or another thing that has an id.
func (t *Turn) identifies(text string, at entity.Span) bool {
	for _, id := range entity.Identifiers(text, t.patterns()) {
		if !id.Partial && id.Problem == "" && id.Start < at.End && at.Start < id.End {
			return true
		}
	}
	return false
}

var noWord = regexp.MustCompile(`(?i)^\W*(?:no|nope|none|nah|yes|yeah|ok|okay|help|thanks?|hello|hi|stop|what|why|which|cancel|sorry|please|forget it|never ?mind|算了|没有|不用了?|好的?|谢谢)\W*$`)

// saysNo tells whether a single word is an answer of another kind than a code.
func saysNo(text string) bool { return noWord.MatchString(text) }

var (
	onFile = regexp.MustCompile(`(?i)\b(?:on file|on record|you(?:'ve| have)(?: got)?(?: on file| already| there)?$|registered|my account(?:'s)?|(?:my|the) (?:usual|normal|regular|same|old) (?:e-?mail|address|one)|same (?:as|e-?mail|address|one)|the one i (?:use|signed up|registered|always))\b|预留|注册|账[号户]里|绑定|登记|留的|一直用的|(?:原来|之前|以前|老)的?(?:那个)?邮箱`)
	mine   = regexp.MustCompile(`(?i)^\W*(?:to )?(?:just )?(?:my (?:own )?(?:e-?mail|mail)(?: address)?|mine|me|我的?邮箱|我自己的?(?:邮箱)?|发我邮箱)(?:就行|就好|吧|please|pls|\W)*$`)
)

// ownEmail is the address on file, if the text means that one and it is known who the customer is.
func (t *Turn) ownEmail(text string, how manner) found {
	if t.person == nil || t.person.Email == "" || !onFile.MatchString(text) && (how != asked || !mine.MatchString(text)) {
		return found{}
	}
	return found{value: &Value{V: t.person.Email}}
}
