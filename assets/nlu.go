package assets

import "embed"

// Glosses is WordNet's dictionary without names, gzip over lines of "word,word<TAB>what they mean" (nlu/README.md
// tells its licence). Only pre-training reads it.
//
//go:embed nlu/glosses.tsv.gz
var Glosses []byte

// Encoder is the background of the classifiers, which `make models` writes (nlu/README.md tells what it learned from).
//
//go:embed nlu/encoder.bin
var Encoder []byte

// Models holds the classifiers of the shipped packs: nlu/models/<pack>.bin, where `make models` has made any.
//
//go:embed nlu/models
var Models embed.FS
