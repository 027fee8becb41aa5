package knowledge_test

import (
	"math"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"deskhand/assist/knowledge"
)

const sample = "# returns · Returns\n? how do I return something\n? 怎么退货\n\nSend it back within 30 days.\nAny shop takes it.\n\n# refund · Refunds\n? when do I get my money\n\nWithin a week.\n"

func load(t *testing.T, text string) ([]knowledge.Article, error) {
	t.Helper()
	return knowledge.LoadFolder(fstest.MapFS{"a.en.md": {Data: []byte(text)}}, "own")
}

func TestLoadFolder_ReadsWhatIsWrittenDown(t *testing.T) {
	got, err := load(t, sample)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].ID != "returns" || got[0].Title != "Returns" || len(got[0].Asked) != 2 || got[1].Body != "Within a week." ||
		!strings.HasSuffix(got[0].Body, "Any shop takes it.") || got[0].Language != "en" || got[0].Pack != "own" {
		t.Errorf("got %+v", got)
	}
}

func TestLoadFolder_SaysWhatIsWrong(t *testing.T) {
	for what, text := range map[string]string{"empty": "", "no title": "# returns\n\nbody\n", "no body": "# a · A\n? q\n", "text before the first": "hello\n# a · A\n\nbody\n"} {
		if got, err := load(t, text); err == nil {
			t.Errorf("%s: got %+v, want an error", what, got)
		}
	}
}

func FuzzLoadFolder(f *testing.F) {
	f.Add(sample)
	f.Add("# \n?\n")
	f.Fuzz(func(t *testing.T, text string) {
		articles, err := load(t, text)
		if err != nil {
			return
		}
		for _, a := range articles {
			if a.ID == "" || a.Title == "" || strings.TrimSpace(a.Body) == "" {
				t.Errorf("got %+v", a)
			}
		}
	})
}

// Whatever customers write, confidences are numbers from 0 to 1, best first.
func FuzzFind(f *testing.F) {
	articles, err := knowledge.Load(os.DirFS("../../assets/packs"), "common", "ecommerce")
	if err != nil {
		f.Fatal(err)
	}
	x := knowledge.New(articles)
	f.Add("how do i return something", "en")
	f.Add("怎么退货\x00\u202e", "zh")
	f.Add(strings.Repeat("the ", 500), "en")
	f.Fuzz(func(t *testing.T, question, language string) {
		last := math.Inf(1)
		for _, h := range x.Find(question, language, []string{"common", "ecommerce"}, 3) {
			if h.Confidence <= 0 || h.Confidence > 1.0000001 || h.Confidence > last {
				t.Errorf("%q: confidence %g after %g", question, h.Confidence, last)
			}
			last = h.Confidence
		}
	})
}
