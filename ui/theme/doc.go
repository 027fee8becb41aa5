// Package theme is the product's look as data: the colour tokens in a light and a dark variant, the bundled
// fonts, the sizes, and the Fyne theme made of them. It draws nothing and starts no goroutine.
//
// Colours are used as values of type Color, which asks the theme in use each time it is painted. An object
// filled with one follows a theme switch without any code of its own; only what is baked into an image (an
// icon, a raster) has to be renewed.
package theme
