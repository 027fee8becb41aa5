//go:build !darwin

package field

import "fyne.io/fyne/v2"

// wordModifier is the key that makes arrows go by words.
const wordModifier = fyne.KeyModifierControl
