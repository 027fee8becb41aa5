package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"deskhand/cmd/internal/config"
)

func TestUnderstanding_IsOffUnlessSet(t *testing.T) {
	c, err := config.Load(config.Source{})
	if err != nil || c.Understanding.ONNX != "" || c.Understanding.Endpoint != "" || c.Understanding.AskBelow != 75 {
		t.Errorf("got %+v %v", c.Understanding, err)
	}
}

func TestUnderstanding_IsReadWithItsFiles(t *testing.T) {
	file := write(t, "[understanding]\nonnx = \"encoder/model.onnx\"\nendpoint = \"https://llm.example/v1\"\nmodel = \"small\"\nkey_file = \"llm.key\"\nask_below = 60\n")
	if err := os.WriteFile(filepath.Join(filepath.Dir(file), "llm.key"), []byte("sk-1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(config.Source{File: file})
	if err != nil {
		t.Fatal(err)
	}
	u := c.Understanding
	if u.ONNX != filepath.Join(filepath.Dir(file), "encoder", "model.onnx") || u.Key.Reveal() != "sk-1" || u.Model != "small" || u.AskBelow != 60 {
		t.Errorf("got %+v", u)
	}
	c, err = config.Load(config.Source{File: write(t, "[understanding]\nendpoint = \"http://127.0.0.1:1/v1\"\nmodel = \"m\"\n"), Environ: []string{"DESKHAND_UNDERSTANDING_KEY=sk-2"}})
	if err != nil || c.Understanding.Key.Reveal() != "sk-2" {
		t.Errorf("from the environment: %+v %v", c.Understanding, err)
	}
}

func TestUnderstanding_WhatIsWrong(t *testing.T) {
	for content, want := range map[string]string{
		"endpoint = \"https://x.example/v1\"": "understanding.model: is missing",
		"endpoint = \"llm\"":                  ":2: understanding.endpoint: write an address",
		"key_file = \"nowhere\"":              ":2: understanding.key_file: the file cannot be read",
		"key = \"a\"\nkey_file = \"nowhere\"": "give key or key_file",
		"ask_below = 0":                       "write a whole number from 1 to 100",
	} {
		_, err := config.Load(config.Source{File: write(t, "[understanding]\n"+content+"\n")})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", content, err, want)
		}
	}
}
