package lang_test

import (
	"io/fs"
	"testing"

	"deskhand/assets"
	"deskhand/ui/lang"

	"go.yaml.in/yaml/v3"
)

// All that the shipped packs name and agents read has words in both languages.
func TestCatalogue_NamesWhatThePacksName(t *testing.T) {
	c, err := lang.New(lang.Options{Files: assets.Lang})
	if err != nil {
		t.Fatal(err)
	}
	files, err := fs.Glob(assets.Packs, "packs/*/pack.yaml")
	if err != nil || len(files) < 5 {
		t.Fatalf("packs %q: %v", files, err)
	}
	keys := map[string]string{}
	for _, reason := range []string{"customer_asked", "out_of_scope", "not_understood", "identity", "over_limit", "mood", "error", "safety"} { // the bot's own
		keys["handoff."+reason] = "the bot"
	}
	for _, file := range files {
		data, err := fs.ReadFile(assets.Packs, file)
		if err != nil {
			t.Fatal(err)
		}
		var p struct {
			Slots   map[string]any `yaml:"slots"`
			Intents map[string]struct {
				Reason    string `yaml:"reason"`
				OverLimit struct {
					Reason string `yaml:"reason"`
				} `yaml:"over_limit"`
			} `yaml:"intents"`
		}
		if err := yaml.Unmarshal(data, &p); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for name := range p.Slots {
			keys["arg."+name] = file
		}
		for name, i := range p.Intents {
			keys["intent."+name] = file
			for _, reason := range []string{i.Reason, i.OverLimit.Reason} {
				if reason != "" {
					keys["handoff."+reason] = file
				}
			}
		}
	}
	if len(keys) < 150 {
		t.Errorf("only %d names were found", len(keys))
	}
	for key, file := range keys {
		for _, tag := range lang.Tags() {
			if !c.Has(tag, key) {
				t.Errorf("%s names %s: no text in %s", file, key, tag)
			}
		}
	}
}
