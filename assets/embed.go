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

// Widget holds the customer's page: widget/src/*.js and widget/widget.css, which
// assist/channel/webchat/page joins into /widget.js, and widget/site, the pages around it.
//
//go:embed widget
var Widget embed.FS

// Packs holds what the bot knows of each industry: packs/<industry>/, see the files themselves.
//
//go:embed packs
var Packs embed.FS

// Demo holds the demo companies, their back office (demo.yaml) and recorded customers.
//
//go:embed demo
var Demo embed.FS

// Sounds holds the alerts of the desktop: sounds/<name>.wav, 22,050 Hz, 16 bit, mono.
//
//go:embed sounds/*.wav
var Sounds embed.FS
