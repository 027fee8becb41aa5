package onnx_test

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"
)

// groups are words that mean the same to the test's encoder, in two languages.
func groups() [][]string {
	return [][]string{
		{"parcel", "package", "shipment", "delivery", "包", "裹", "快", "递"},
		{"refund", "money", "reimburse", "cash", "退", "款", "钱"},
		{"password", "login", "signin", "account", "密", "码", "登", "录"},
		{"where", "is", "my", "the", "order", "到", "哪", "了", "我", "的", "订", "单"},
	}
}

// dim is the length of the test encoder's vectors.
const dim = 6

// writeModel writes a small but whole sentence encoder: an embedding table, type embeddings, a dense layer with tanh, the
// mask, in the shape that BERT models have; and its WordPiece tokenizer. Words of one group have nearly the same vector.
func writeModel(t testing.TB, dir string) string {
	t.Helper()
	vocabulary := map[string]int{"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3}
	r := rand.New(rand.NewPCG(3, 4))
	table := make([]float32, 4*dim)
	for g, words := range groups() {
		for _, w := range words {
			vocabulary[w] = len(vocabulary)
			for d := range dim {
				v := float32(r.NormFloat64() * .02)
				if d == g {
					v++
				}
				table = append(table, v)
			}
		}
	}
	layer := make([]float32, dim*dim)
	for d := range dim {
		layer[d*dim+d] = 1
	}
	var graph []byte
	graph = node(graph, "Gather", []string{"table", "input_ids"}, "words")
	graph = node(graph, "Gather", []string{"types", "token_type_ids"}, "kinds")
	graph = node(graph, "Add", []string{"words", "kinds"}, "sum")
	graph = node(graph, "MatMul", []string{"sum", "layer"}, "dense")
	graph = node(graph, "Tanh", []string{"dense"}, "states")
	graph = node(graph, "Cast", []string{"attention_mask"}, "mask", attribute("to", 1))
	graph = node(graph, "Unsqueeze", []string{"mask", "axis"}, "column")
	graph = node(graph, "Mul", []string{"states", "column"}, "last_hidden_state")
	graph = text(graph, 2, "toy")
	graph = message(graph, 5, floats("table", table, len(vocabulary), dim))
	graph = message(graph, 5, floats("types", make([]float32, 2*dim), 2, dim))
	graph = message(graph, 5, floats("layer", layer, dim, dim))
	graph = message(graph, 5, integers("axis", 2))
	for _, name := range []string{"input_ids", "attention_mask", "token_type_ids"} {
		graph = message(graph, 11, value(name, 7, "batch", "sequence"))
	}
	graph = message(graph, 12, value("last_hidden_state", 1, "batch", "sequence", dim))
	var model []byte
	model = number(model, 1, 8) // ir_version
	model = message(model, 7, graph)
	model = message(model, 8, number(nil, 2, 14)) // opset
	file := filepath.Join(dir, "model.onnx")
	write(t, file, model)
	tokenizer, err := json.Marshal(map[string]any{
		"version": "1.0", "truncation": nil, "padding": nil,
		"added_tokens":   []any{special(0, "[PAD]"), special(1, "[UNK]"), special(2, "[CLS]"), special(3, "[SEP]")},
		"normalizer":     map[string]any{"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": nil, "lowercase": true},
		"pre_tokenizer":  map[string]any{"type": "BertPreTokenizer"},
		"post_processor": map[string]any{"type": "BertProcessing", "sep": []any{"[SEP]", 3}, "cls": []any{"[CLS]", 2}},
		"decoder":        map[string]any{"type": "WordPiece", "prefix": "##", "cleanup": true},
		"model":          map[string]any{"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100, "vocab": vocabulary},
	})
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "tokenizer.json"), tokenizer)
	write(t, filepath.Join(dir, "config.json"), []byte(`{"max_position_embeddings": 64}`))
	return file
}

func write(t testing.TB, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func special(id int, content string) map[string]any {
	return map[string]any{"id": id, "content": content, "special": true, "single_word": false, "lstrip": false, "rstrip": false, "normalized": false}
}

// The rest writes protocol buffers by the field numbers of onnx.proto3.

func number(b []byte, field protowire.Number, v uint64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(b, field, protowire.VarintType), v)
}

func text(b []byte, field protowire.Number, s string) []byte {
	return protowire.AppendString(protowire.AppendTag(b, field, protowire.BytesType), s)
}

func message(b []byte, field protowire.Number, m []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(b, field, protowire.BytesType), m)
}

func node(graph []byte, kind string, in []string, out string, attributes ...[]byte) []byte {
	var n []byte
	for _, name := range in {
		n = text(n, 1, name)
	}
	n = text(text(text(n, 2, out), 3, "n-"+out), 4, kind)
	for _, a := range attributes {
		n = message(n, 5, a)
	}
	return message(graph, 1, n)
}

func attribute(name string, v uint64) []byte { return number(number(text(nil, 1, name), 3, v), 20, 2) }

func floats(name string, data []float32, dims ...int) []byte {
	raw := make([]byte, 0, 4*len(data))
	for _, v := range data {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
	}
	return tensor(name, 1, raw, dims...)
}

func integers(name string, data ...int64) []byte {
	var raw []byte
	for _, v := range data {
		raw = binary.LittleEndian.AppendUint64(raw, uint64(v))
	}
	return tensor(name, 7, raw, len(data))
}

func tensor(name string, kind uint64, raw []byte, dims ...int) []byte {
	var t []byte
	for _, d := range dims {
		t = number(t, 1, uint64(d))
	}
	return message(text(number(t, 2, kind), 8, name), 9, raw)
}

func value(name string, kind uint64, dims ...any) []byte {
	var shape []byte
	for _, d := range dims {
		switch d := d.(type) {
		case string:
			shape = message(shape, 1, text(nil, 2, d))
		case int:
			shape = message(shape, 1, number(nil, 1, uint64(d)))
		}
	}
	tensorType := message(number(nil, 1, kind), 2, shape)
	return message(text(nil, 1, name), 2, message(nil, 1, tensorType))
}
