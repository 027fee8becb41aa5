package thread

import (
	"bytes"
	"context"
	"image"
	_ "image/gif"  // what customers send
	_ "image/jpeg" // what customers send
	_ "image/png"  // what customers send
	"io"

	"deskhand/assist"

	"golang.org/x/image/draw"
)

// picture is the thumbnail of an attachment; small is nil until it is there, or for ever if it can't be read.
type picture struct{ small image.Image }

// Bounds of what is read for a thumbnail, and of the thumbnail itself.
const (
	pictureMost  = 8 << 20 // bytes of the file
	picturePixel = 24 << 20
	pictureSide  = 440 // pixels, for screens of double density
)

// picture is the thumbnail of an image, asked for when it is first wanted; nil for other files.
func (v *View) picture(a assist.Attachment) *picture {
	switch a.Type {
	case "image/png", "image/jpeg", "image/gif":
	default:
		return nil
	}
	if a.Size > pictureMost || a.ID == "" {
		return nil
	}
	p, ok := v.pictures[a.ID]
	if ok {
		return p
	}
	p = &picture{}
	v.pictures[a.ID] = p
	v.stage.Go(func(ctx context.Context) func() {
		small, err := v.thumbnail(ctx, a.ID)
		if err != nil {
			return nil // the tile shows name and size instead; opening it tells what is wrong
		}
		return func() {
			p.small = small
			for id, e := range v.entries {
				if e.File != nil && e.File.ID == a.ID {
					v.thread.Update(v.item(v.entries[id]))
				}
			}
		}
	})
	return p
}

func (v *View) thumbnail(ctx context.Context, id assist.AttachmentID) (image.Image, error) {
	r, err := v.stage.Hub.Download(ctx, id)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return shrink(io.LimitReader(r, pictureMost))
}

// shrink reads an image and makes it small. An image that claims to be huge is refused before it is unpacked.
func shrink(r io.Reader) (image.Image, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return decode(data)
}

func decode(data []byte) (image.Image, error) {
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if c.Width <= 0 || c.Height <= 0 || c.Width > picturePixel/c.Height {
		return nil, image.ErrFormat
	}
	full, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	w, h := c.Width, c.Height
	if k := max(w, h); k > pictureSide {
		w, h = max(1, w*pictureSide/k), max(1, h*pictureSide/k)
	}
	small := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.ApproxBiLinear.Scale(small, small.Bounds(), full, full.Bounds(), draw.Src, nil)
	return small, nil
}
