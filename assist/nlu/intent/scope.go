package intent

import (
	"math"
	"slices"

	"deskhand/assist/nlu/lang"
)

// fewOutside is how many examples out of scope are too few to weigh the signs by.
const fewOutside = 20

// unknownWeight is how much the share of unknown words counts against the best linear score where no examples
// out of scope teach it; chosen on CLINC150's validation part.
const unknownWeight = 1

// scope is the out-of-scope test: a weighted sum of signs against a threshold a language. The layered head's sign and
// the length are weighed only where examples out of scope teach how: long texts score lower whatever they ask.
type scope struct {
	Best, Unknown, Outside, Bias float64
	Layered                      float64 // of the layered head's best score
	Length                       float64 // of the logarithm of the number of words
	English, Chinese             float64 // thresholds: below is out of scope
}

// signs are what a text shows of being in scope, in the order of weights.
func signs(o outcome) [6]float64 {
	out := [6]float64{float64(slices.Max(o.linear)), float64(o.unknown), float64(o.outside), 1, 0, math.Log(float64(max(o.length, 1))) / 4}
	if o.layered != nil {
		out[4] = float64(slices.Max(o.layered)) / 4
	}
	return out
}

// weights are those of signs.
func (s *scope) weights() [6]*float64 {
	return [6]*float64{&s.Best, &s.Unknown, &s.Outside, &s.Bias, &s.Layered, &s.Length}
}

// score is higher the more a text is like what is known.
func (s scope) score(o outcome) (sum float64) {
	weights := s.weights()
	for i, sign := range signs(o) {
		sum += *weights[i] * sign
	}
	return sum
}

func (s scope) threshold(language string) float64 {
	if language == lang.Chinese {
		return s.Chinese
	}
	return s.English
}

// fitScope weighs the signs by held-out texts and puts the threshold where `reject` of the good ones fall.
func fitScope(held []heldOut, intents int, reject float64) scope {
	s := scope{Best: 1, Unknown: -unknownWeight}
	if both := slices.DeleteFunc(slices.Clone(held), func(h heldOut) bool { return h.layered == nil }); len(both) > 0 {
		held = both // where one of the heads is missing the signs can't be compared
	}
	outside := 0
	for _, h := range held {
		if h.class == intents {
			outside++
		}
	}
	if outside >= fewOutside {
		s = weighSigns(held, intents, outside)
	}
	s.English, s.Chinese = thresholds(s, held, intents, reject)
	return s
}

// weighSigns is logistic regression of "in scope" on the signs, both sides weighing the same.
func weighSigns(held []heldOut, intents, outside int) scope {
	s := scope{Best: 1, Unknown: -unknownWeight, Outside: -1}
	const passes, rate, ridge = 400, .3, 1e-3
	for range passes {
		var g scope
		slopes, weights := g.weights(), s.weights()
		for _, h := range held {
			target, weight := 1., .5/float64(len(held)-outside)
			if h.class == intents {
				target, weight = 0, .5/float64(outside)
			}
			d := (target - 1/(1+math.Exp(-s.score(h.outcome)))) * weight
			for i, sign := range signs(h.outcome) {
				*slopes[i] += d * sign
			}
		}
		for i, w := range weights {
			if w != &s.Bias {
				*slopes[i] -= ridge * *w
			}
			*w += rate * 10 * *slopes[i]
		}
	}
	return s
}

// thresholds are the quantiles of good texts' scores, one a language where there are enough to tell.
func thresholds(s scope, held []heldOut, intents int, reject float64) (english, chinese float64) {
	var all, en, zh []float64
	for _, h := range held {
		if h.class == intents {
			continue
		}
		v := s.score(h.outcome)
		all = append(all, v)
		if h.chinese {
			zh = append(zh, v)
		} else {
			en = append(en, v)
		}
	}
	const enough = 100
	english, chinese = quantile(all, reject), quantile(all, reject)
	if len(en) >= enough {
		english = quantile(en, reject)
	}
	if len(zh) >= enough {
		chinese = quantile(zh, reject)
	}
	return english, chinese
}

// quantile is the value below which the share q of the list lies; of an empty list, one below all scores.
func quantile(list []float64, q float64) float64 {
	if len(list) == 0 {
		return -math.MaxFloat64
	}
	slices.Sort(list)
	return list[min(int(q*float64(len(list))), len(list)-1)]
}
