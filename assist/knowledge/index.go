package knowledge

import (
	"cmp"
	"math"
	"slices"
)

// Index finds articles. It is not changed after New and safe for concurrent use.
type Index struct {
	articles []Article
	asked    [][]set // per article: of its title and of each way to ask
	body     []set
	idf      map[string]float64
	unknown  float64 // weight of a term that no article has
}

type set map[string]bool

// Hit is an article found.
type Hit struct {
	Article    Article
	Confidence float64 // 0…1: how much of the question the article accounts for
}

// New builds the index. Terms weigh by their inverse document frequency (K. Spärck Jones, 1972) among the ways
// to ask, so that "how do I" counts next to nothing and "warranty" much.
func New(articles []Article) *Index {
	x := &Index{articles: articles, idf: map[string]float64{}}
	n, df := 0.0, map[string]float64{}
	for _, a := range articles {
		sets := []set{setOf(a.Title)}
		for _, q := range a.Asked {
			sets = append(sets, setOf(q))
		}
		for _, s := range sets {
			n++
			for t := range s {
				df[t]++
			}
		}
		x.asked, x.body = append(x.asked, sets), append(x.body, setOf(a.Body))
	}
	for t, d := range df {
		x.idf[t] = math.Log(1 + n/d)
	}
	x.unknown = math.Log(1 + n)
	return x
}

func setOf(text string) set {
	s := set{}
	for _, t := range terms(text) {
		s[t] = true
	}
	return s
}

// bodyShare is how much a question that only the answer's text matches counts against one that a way to ask
// matches.
const bodyShare = 0.6

// Find returns the articles of the language and packs that fit the question, best first, at most limit.
func (x *Index) Find(question, language string, packs []string, limit int) []Hit {
	q := setOf(question)
	var hits []Hit
	for i, a := range x.articles {
		if a.Language != language || !slices.Contains(packs, a.Pack) {
			continue
		}
		best := bodyShare * x.covered(q, x.body[i])
		for _, s := range x.asked[i] {
			best = max(best, x.alike(q, s))
		}
		if best > 0 {
			hits = append(hits, Hit{Article: a, Confidence: best})
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(b.Confidence, a.Confidence) })
	return hits[:min(limit, len(hits))]
}

// weight is the square of the inverse document frequency, as in the cosine of two tf-idf vectors.
func (x *Index) weight(t string) float64 {
	w, ok := x.idf[t]
	if !ok {
		w = x.unknown
	}
	if function[t] {
		w *= functionShare
	}
	return w * w
}

// covered is the share of the question's weight that stands in s.
func (x *Index) covered(q, s set) float64 {
	have, all := 0.0, 0.0
	for t := range q {
		w := x.weight(t)
		all += w
		if s[t] {
			have += w
		}
	}
	if all == 0 {
		return 0
	}
	return have / all
}

// alike is the harmonic mean of what each side covers of the other (the Dice coefficient, weighted).
func (x *Index) alike(q, s set) float64 {
	a, b := x.covered(q, s), x.covered(s, q)
	if a+b == 0 {
		return 0
	}
	return 2 * a * b / (a + b)
}
