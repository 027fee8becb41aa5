package replay_test

import (
	"errors"
	"strings"
	"testing"

	"deskhand/assets"
	"deskhand/assist/replay"

	"github.com/google/go-cmp/cmp"
)

const multidogo = "conversationId\tturnNumber\tutteranceId\tutterance\tslot-labels\tintent\n"

func TestRead_BothShapes(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []replay.Conversation
	}{
		"customers alone": {
			multidogo + "a\t0\tx\thii\tO\tgreeting\r\na\t2\tx\t\"53140 \n kenosha \"\"wi\"\"\"\tO O\tcontent\nb\t0\tx\t\"no\" thanks\tO\tx\nb\t1\tx\t \tO\tx\n",
			[]replay.Conversation{{ID: "a", Turns: []string{"hii", "53140 \n kenosha \"wi\""}}, {ID: "b", Turns: []string{"\"no\" thanks"}}},
		},
		"both sides": {
			"conversationId\tturnNumber\trole\tutterance\n1\t0\tusr\t你好，\t我想找\n1\t1\tsys\t北京\n。\n1\t2\tusr\t地址在哪\n？\n\n2\t0\tsys\t只有客服\n",
			[]replay.Conversation{{ID: "1", Turns: []string{"你好， 我想找", "地址在哪\n？"}}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := replay.Read("f.tsv", strings.NewReader(c.text))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(got, c.want); d != "" {
				t.Errorf("(-got +want)\n%s", d)
			}
		})
	}
}

func TestRead_NamesTheFaultyLine(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"empty":            {"", "f.tsv:1: the file is empty"},
		"no header":        {"hello\tthere\n", "f.tsv:1: the first line must name"},
		"too few columns":  {multidogo + "a\t0\tx\t\"two\nlines\"\tO\tx\nb\t0\n", "f.tsv:4: 2 columns"},
		"too many columns": {multidogo + "a\t0\tx\thi\tO\tx\ty\n", "f.tsv:2: 7 columns"},
		"open quote":       {multidogo + "a\t0\tx\thi\tO\tx\na\t0\tx\t\"hi\tO\tx\n", "f.tsv:3: a quoted field"},
		"unknown role":     {"conversationId\trole\tutterance\na\tbot\thi\n", `f.tsv:2: role "bot"`},
		"no id":            {"conversationId\trole\tutterance\n\tusr\thi\n", "f.tsv:2: conversationId is empty"},
		"not UTF-8":        {multidogo + "a\t0\tx\t\xff\xfe\tO\tx\n", "f.tsv:2: not UTF-8"},
		"nobody speaks":    {"conversationId\trole\tutterance\na\tsys\thi\n", "no customer says"},
		"begins with text": {"conversationId\trole\tutterance\njust text\n", "f.tsv:2: 1 columns"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := replay.Read("f.tsv", strings.NewReader(c.text))
			var f *replay.FileError
			if !errors.As(err, &f) || !f.Unreadable() || !strings.HasPrefix(err.Error(), c.want) && !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// The shipped samples hold enough customers of both languages.
func TestRead_ShippedSamples(t *testing.T) {
	for name, language := range map[string]string{"multidogo.tsv": "en", "crosswoz.tsv": "zh"} {
		f, err := assets.Demo.Open("demo/customers/" + name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		all, err := replay.Read(name, f)
		if err != nil {
			t.Fatal(err)
		}
		if len(all) < 50 {
			t.Errorf("%s: %d conversations", name, len(all))
		}
		for _, c := range all {
			if c.Language() != language || len(c.Turns) < 2 {
				t.Errorf("%s: conversation %s: %q with %d turns", name, c.ID, c.Language(), len(c.Turns))
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(multidogo + "a\t0\tx\t\"two\nlines\"\tO\tx\n")
	f.Add("conversationId\trole\tutterance\na\tusr\thi\tyou\n。\n")
	f.Fuzz(func(t *testing.T, text string) {
		all, err := replay.Read("f", strings.NewReader(text))
		var bad *replay.FileError
		if err != nil && !errors.As(err, &bad) {
			t.Fatalf("error without a place: %v", err)
		}
		for _, c := range all {
			if c.ID == "" || len(c.Turns) == 0 {
				t.Fatalf("conversation without id or words: %+v", c)
			}
		}
	})
}
