package composer

import (
	"context"
	"encoding/json"
	"io"

	"deskhand/assist"
)

// File is a file that goes with the next message.
type File struct {
	Name   string
	Size   int64
	Stored assist.Attachment // once uploaded
	Err    error             // why it was not; nil while it is under way
}

// Uploading tells whether the file is still on its way.
func (f *File) Uploading() bool { return f.Stored.ID == "" && f.Err == nil }

// Files are the files of the conversation's next message.
func (p *Presenter) Files() []*File { return p.files[p.id] }

// Attach uploads a file for the next message. open is called off the goroutine that paints.
func (p *Presenter) Attach(name string, size int64, open func() (io.ReadCloser, error)) {
	id := p.id
	switch limit := p.desk.State.Limits(); {
	case id == 0 || !p.CanWrite():
		return
	case len(p.files[id]) >= assist.MaxAttachments:
		p.desk.Tell(p.desk.Lang.T("composer.files.most", "n", assist.MaxAttachments), true)
		return
	case limit.File > 0 && size > limit.File:
		p.desk.Tell(p.desk.Lang.Refusal(assist.CodeFileTooLarge), true)
		return
	}
	f := &File{Name: name, Size: size}
	p.files[id] = append(p.files[id], f)
	p.desk.Go(func(ctx context.Context) func() {
		stored, err := p.upload(ctx, name, open)
		return func() {
			f.Stored, f.Err = stored, err
			if err != nil {
				p.desk.Fail(err)
				p.drop(id, f)
			}
			p.saveFilesOf(id)
			p.changed()
		}
	})
	p.changed()
}

func (p *Presenter) upload(ctx context.Context, name string, open func() (io.ReadCloser, error)) (assist.Attachment, error) {
	r, err := open()
	if err != nil {
		return assist.Attachment{}, unreadable{err}
	}
	defer r.Close()
	return p.desk.Hub.Upload(ctx, name, r)
}

// unreadable is a file of this computer that can't be read.
type unreadable struct{ error }

// Key implements lang.Told.
func (unreadable) Key() string { return "composer.files.unreadable" }

// Unwrap gives the cause.
func (u unreadable) Unwrap() error { return u.error }

// Detach takes a file out again.
func (p *Presenter) Detach(f *File) {
	p.drop(p.id, f)
	p.saveFiles()
	p.changed()
}

func (p *Presenter) drop(id assist.ConversationID, f *File) {
	kept := p.files[id][:0:0]
	for _, x := range p.files[id] {
		if x != f {
			kept = append(kept, x)
		}
	}
	p.files[id] = kept
}

// ready are the uploaded files; false while one is under way.
func (p *Presenter) ready() ([]assist.Attachment, bool) {
	var out []assist.Attachment
	for _, f := range p.files[p.id] {
		if f.Uploading() {
			return nil, false
		}
		out = append(out, f.Stored)
	}
	return out, true
}

func (p *Presenter) saveFiles() { p.saveFilesOf(p.id) }

// saveFilesOf keeps which files go with the draft, so that they are still there after a restart.
func (p *Presenter) saveFilesOf(id assist.ConversationID) {
	var stored []assist.Attachment
	for _, f := range p.files[id] {
		if f.Stored.ID != "" {
			stored = append(stored, f.Stored)
		}
	}
	value := ""
	if len(stored) > 0 {
		b, err := json.Marshal(stored)
		if err != nil {
			panic("ui/panel/composer: " + err.Error()) // plain data always encodes
		}
		value = string(b)
	}
	p.desk.Keep.Set(key("files", id, ""), value)
}

func (p *Presenter) loadFiles() {
	if _, known := p.files[p.id]; known {
		return
	}
	var stored []assist.Attachment
	if v := p.keep("files", p.id, ""); v != "" && json.Unmarshal([]byte(v), &stored) == nil {
		for _, a := range stored {
			p.files[p.id] = append(p.files[p.id], &File{Name: a.Name, Size: a.Size, Stored: a})
		}
	}
}
