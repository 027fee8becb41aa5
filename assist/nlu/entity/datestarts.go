package entity

// hanStarts are the characters that a Chinese date, time or stretch of time can begin with. Most others are
// passed over by it.
var hanStarts = func() map[string]bool {
	set := make(map[string]bool)
	for _, r := range "周星礼月年第差半过再近最前未接今往零〇一壹幺二两贰俩三叁仨四肆五伍六陆七柒八捌九玖十拾几好数" {
		set[string(r)] = true
	}
	addKeys(set, hanVague)
	addKeys(set, hanDays)
	addKeys(set, hanTurns)
	addKeys(set, hanYears)
	addKeys(set, hanParts)
	addKeys(set, feasts)
	return set
}()

// wordStarts are the words that an English one can begin with.
var wordStarts = func() map[string]bool {
	set := make(map[string]bool)
	for _, w := range []string{
		"the", "end", "beginning", "start", "middle", "mid", "early", "late", "month", "month's", "year", "year's", "q", "in", "within", "a", "an", "half",
		"couple", "few", "several", "some", "morning", "mornings", "morn", "afternoon", "evening", "eve", "night", "noon", "midday", "lunchtime",
		"midnight", "quarter", "weekend", "hundred", "thousand",
	} {
		set[w] = true
	}
	addKeys(set, dayWords)
	addKeys(set, dayPhrases)
	addKeys(set, vaguePhrases)
	addKeys(set, feasts)
	addKeys(set, turns)
	addKeys(set, weekdayNames)
	addKeys(set, monthNames)
	addKeys(set, ordinalWords)
	addKeys(set, numberWords)
	return set
}()

func addKeys[M ~map[string]V, V any](set map[string]bool, m M) {
	for k := range m {
		set[k] = true
	}
}
