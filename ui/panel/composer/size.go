package composer

import (
	"fmt"
	"os"

	"fyne.io/fyne/v2"
)

// sizeOf is how many bytes a file of this computer has.
func sizeOf(u fyne.URI) (int64, error) {
	if u.Scheme() != "file" {
		return 0, fmt.Errorf("size of a %s address is not known before it is read", u.Scheme())
	}
	info, err := os.Stat(u.Path())
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
