// Package assets carries the product's data files inside the binary: fonts, icons, the strings people
// read, the customer's page and the demo companies. It holds no logic and imports nothing of ours.
package assets

import "embed"

// Fonts holds the bundled OpenType faces (see fonts/README.md for what each is for and its licence).
//
//go:embed fonts/*.otf
var Fonts embed.FS

// Lang holds every string people read: lang/<BCP 47 tag>/*.json, English being the source.
//
//go:embed lang
var Lang embed.FS
