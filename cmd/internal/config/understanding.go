package config

import (
	"fmt"
	"os"
	"strings"
	"unicode"
)

// Understanding is what reads texts beside the models that the program carries; all of it is off unless set.
type Understanding struct {
	ONNX     string // file of a sentence encoder; empty: none
	Endpoint string // OpenAI-compatible; empty: none
	Model    string // of the endpoint
	Key      Secret // of the endpoint
	KeyFile  string // relative to the config file's folder
	AskBelow int    // percent: of readings with less confidence, the endpoint is asked
}

func (u *Understanding) settings() []setting {
	return []setting{
		{"onnx", "A sentence encoder of your own: an .onnx file with its tokenizer.json beside it, relative to this file's\nfolder. The packs are learned anew with it, and it is used where that helps; a text takes milliseconds\nthen. Empty: only what the program carries.", text(&u.ONNX, nil)},
		{"endpoint", "An OpenAI-compatible address, such as \"https://llm.example.com/v1\", that is asked which of the pack's\nintents a message has where the bot is unsure; https, or http to this machine. It gets the message with\npersonal data masked. It can't make the bot say or do anything else: assist/nlu/README.md. Empty: none.", text(&u.Endpoint, isURL)},
		{"model", "The name of the endpoint's model. Required with endpoint.", text(&u.Model, isLine(200))},
		{"key", "The endpoint's key. Better in a file or in the environment: DESKHAND_UNDERSTANDING_KEY.", hiddenText(&u.Key, nil)},
		{"key_file", "A file that holds the key, relative to this file's folder.", text(&u.KeyFile, nil)},
		{"ask_below", "The endpoint is asked about messages that the bot is less sure of than so many percent, and does not\nreject.", number(&u.AskBelow, 1, 100)},
	}
}

// readUnderstanding fetches the key and finds the encoder.
func (l *loader) readUnderstanding(c *Config) {
	const at = "understanding"
	u := &c.Understanding
	if u.KeyFile != "" {
		if u.Key.Reveal() != "" {
			l.problem(at, "key_file", "give key or key_file, not both")
			return
		}
		b, err := os.ReadFile(l.beside(u.KeyFile))
		key := strings.TrimSpace(string(b))
		switch {
		case err != nil:
			l.problem(at, "key_file", fmt.Sprintf("the file cannot be read: %v", err))
		case key == "" || strings.ContainsFunc(key, unicode.IsSpace):
			l.problem(at, "key_file", "the file must hold the key, on one line")
		}
		u.Key = NewSecret(key)
	}
	if u.Endpoint != "" {
		l.required(at, "model", u.Model)
	}
	if u.ONNX != "" {
		u.ONNX = l.beside(u.ONNX)
	}
}
