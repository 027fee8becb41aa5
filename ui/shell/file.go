package shell

import (
	"context"
	"fmt"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"deskhand/assist"
)

// dropped puts files that were dropped on the window into the next message.
func (d *desk) dropped(files []fyne.URI) {
	if d.place == pageInbox {
		d.composer.Attach(files...)
		d.composer.Focus()
	}
}

// The size of the file dialog, unless the window is smaller.
const fileDialogWide, fileDialogTall = 880, 600

// choosing shows a file dialog, which Escape closes.
func (d *desk) choosing(f *dialog.FileDialog, title string) {
	f.SetTitleText(d.stage.T(title))
	f.SetOnClosed(func() { d.files = nil })
	d.files = f
	f.Show()
	room := d.shell.win.Canvas().Size()
	f.Resize(fyne.NewSize(min(fileDialogWide, room.Width-80), min(fileDialogTall, room.Height-80)))
}

// pickFiles asks for a file with the system's dialog.
func (d *desk) pickFiles() {
	d.choosing(dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil {
			d.stage.Fail(unreadable{err})
			return
		}
		if r != nil {
			_ = r.Close() // only its address is wanted; the upload opens it again
			d.composer.Attach(r.URI())
		}
		d.composer.Focus()
	}, d.shell.win), "composer.attach")
}

// unreadable is a file of this computer that can't be read or written.
type unreadable struct{ error }

// Key implements lang.Told.
func (unreadable) Key() string { return "composer.files.unreadable" }

// saveFile asks where to put an attachment and fetches it there.
func (d *desk) saveFile(a assist.Attachment) {
	save := dialog.NewFileSave(func(w fyne.URIWriteCloser, err error) {
		if err != nil {
			d.stage.Fail(unreadable{err})
			return
		}
		if w == nil {
			return
		}
		d.background(func(ctx context.Context) func() {
			if err := d.fetch(ctx, a, w); err != nil {
				return func() { d.stage.Fail(err) }
			}
			return func() { d.stage.Tell(d.stage.T("thread.saved", "name", w.URI().Name()), false) }
		})
	}, d.shell.win)
	save.SetFileName(a.Name)
	d.choosing(save, "file.save")
}

func (d *desk) fetch(ctx context.Context, a assist.Attachment, w io.WriteCloser) (err error) {
	r, err := d.hub.Download(ctx, a.ID)
	if err != nil {
		_ = w.Close() // nothing was written
		return err
	}
	defer r.Close()
	if _, err = io.Copy(w, r); err != nil {
		_ = w.Close() // the copy's error is the one to tell
		return fmt.Errorf("attachment %s: %w", a.ID, err)
	}
	if err := w.Close(); err != nil {
		return unreadable{err}
	}
	return nil
}
