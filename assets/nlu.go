package assets

import _ "embed"

// Glosses is WordNet's dictionary without names, gzip over lines of "word,word<TAB>what they mean" (nlu/README.md
// tells its licence). Only pre-training reads it.
//
//go:embed nlu/glosses.tsv.gz
var Glosses []byte
