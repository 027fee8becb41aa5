package flow

import (
	"regexp"
	"unicode"

	"deskhand/assist/nlu/entity"
)

// area is a part of a town as the customer wrote it. Asked for it, whatever is answered counts, but for "here".
func (t *Turn) area(text string, how manner) found {
	if all := entity.Areas(text, t.State.Language); len(all) > 0 {
		return taken(all[0], all[0].Text)
	}
	if how != asked || NonAnswer(text) {
		return found{}
	}
	tail := entity.WithoutPlaceWord(entity.Tail(text, t.State.Language))
	if tail == "" || entity.Everywhere(tail) {
		return found{}
	}
	return found{value: &Value{V: tail}}
}

// ownAddress is the address on file, if the text means that one and it is known who the customer is.
func (t *Turn) ownAddress(text string, how manner) found {
	if how != asked && how != opening || t.person == nil || t.person.Address == "" || !onFile.MatchString(text) && (how != asked || !home.MatchString(text)) {
		return found{}
	}
	return found{value: &Value{V: t.person.Address}}
}

// inItsLanguage is a place by its name in the language that the customer wrote it in.
func inItsLanguage(p entity.Place) Value {
	v := Value{V: p.English, EN: p.English, ZH: p.Chinese}
	for _, r := range p.Text {
		if unicode.Is(unicode.Han, r) {
			v.V = p.Chinese
			break
		}
	}
	return v
}

// home are answers that mean the customer's own place.
var home = regexp.MustCompile(`(?i)^[\s\pP]*(?:please )?(?:send it |post it |just )*(?:to |at )?(?:my (?:home|place|house|flat|own|home address|address)|home|mine|me)(?: address)?(?:\s+(?:please|pls|thanks))?[\s\pP]*$|^[\s\pP]*(?:就)?(?:寄|送|发)?(?:到|去|给)?我?(?:的)?(?:家|家里|家里的?地址|住址|地址)(?:就行|就好|吧|就可以)?[\s\pP]*$`)
