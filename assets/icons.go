package assets

import "embed"

// Icons holds the outline icons as SVG with "currentColor" strokes (see icons/README.md for the licence).
//
//go:embed icons/*.svg
var Icons embed.FS
