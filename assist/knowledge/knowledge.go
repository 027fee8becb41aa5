// Package knowledge holds the articles that the bot answers from and finds the one that a question asks for,
// in English and Chinese. It is pure and starts no goroutines.
package knowledge

import (
	"bufio"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// Article is one thing that customers ask for.
type Article struct {
	ID       string
	Pack     string // the folder it came from, e.g. "ecommerce"
	Language string // "en" or "zh"
	Title    string
	Asked    []string // ways in which people ask for it
	Body     string   // the answer
}

// Load reads the articles of the packs from fsys: files <pack>/articles.<language>.md. In such a file
//
//	# id · Title
//	? a way to ask
//	? another
//
//	The answer, up to the next line that begins with "# ".
//
// Errors name file and line.
func Load(fsys fs.FS, packs ...string) ([]Article, error) {
	var all []Article
	for _, pack := range packs {
		for _, language := range []string{"en", "zh"} {
			name := path.Join(pack, "articles."+language+".md")
			articles, err := read(fsys, name, pack, language)
			if err != nil {
				return nil, err
			}
			all = append(all, articles...)
		}
	}
	return all, nil
}

// LoadFolder reads the articles of all files *.en.md and *.zh.md in fsys, in the same form, as one pack.
func LoadFolder(fsys fs.FS, pack string) ([]Article, error) {
	var all []Article
	for _, language := range []string{"en", "zh"} {
		names, err := fs.Glob(fsys, "*."+language+".md")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			articles, err := read(fsys, name, pack, language)
			if err != nil {
				return nil, err
			}
			all = append(all, articles...)
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no articles found: their files are named *.en.md or *.zh.md")
	}
	return all, nil
}

func read(fsys fs.FS, name, pack, language string) ([]Article, error) {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("articles of pack %s: %w", pack, err)
	}
	articles, err := parse(name, string(text))
	for i := range articles {
		articles[i].Pack, articles[i].Language = pack, language
	}
	return articles, err
}

func parse(name, text string) ([]Article, error) {
	var out []Article
	lines := bufio.NewScanner(strings.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimRight(lines.Text(), " \t\r")
		if head, ok := strings.CutPrefix(line, "# "); ok {
			id, title, ok := strings.Cut(head, " · ")
			if !ok || id == "" || strings.ContainsAny(id, " \t") {
				return nil, fmt.Errorf("%s:%d: a heading is written \"# id · Title\"", name, n)
			}
			out = append(out, Article{ID: id, Title: title})
			continue
		}
		if len(out) == 0 {
			if line != "" {
				return nil, fmt.Errorf("%s:%d: text before the first heading", name, n)
			}
			continue
		}
		a := &out[len(out)-1]
		if asked, ok := strings.CutPrefix(line, "? "); ok && a.Body == "" {
			a.Asked = append(a.Asked, asked)
			continue
		}
		if line != "" || a.Body != "" {
			a.Body += line + "\n"
		}
	}
	for i := range out {
		if out[i].Body = strings.TrimSpace(out[i].Body); out[i].Body == "" {
			return nil, fmt.Errorf("%s: article %s has no answer", name, out[i].ID)
		}
	}
	return out, lines.Err()
}
