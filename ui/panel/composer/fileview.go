package composer

import (
	"io"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

// showFiles draws the files and actions of the next message; it reports whether that changed the height.
func (v *View) showFiles() bool {
	var parts []fyne.CanvasObject
	for _, f := range v.p.Files() {
		words, tone := v.stage.Lang.Bytes(f.Size), theme.Muted
		if f.Uploading() {
			words = v.stage.T("composer.files.uploading")
		}
		parts = append(parts, widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 6, Align: widget.Center, Padding: widget.Pad(2, 4, 2, 8),
			Fill: theme.Bubble, Radius: theme.RadiusTab},
			widget.NewIcon("paperclip", theme.Muted, 14),
			widget.NewLabel(widget.LabelOptions{Text: shorten(f.Name), Style: widget.TextStyle{Face: text.Medium, Size: theme.SizeSmall}}),
			widget.NewLabel(widget.LabelOptions{Text: words, Style: widget.TextStyle{Size: theme.SizeTiny, Ink: tone}}),
			widget.NewIconButton(widget.IconButtonOptions{Icon: "x", Side: 22, IconSide: 14, Tip: v.stage.Tip("composer.files.remove", ""),
				OnTap: func() { v.p.Detach(f) }})))
	}
	if actions := v.p.Actions(); len(actions) > 0 {
		parts = append(parts, widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 6, Align: widget.Center, Padding: widget.Pad(2, 4, 2, 8),
			Fill: theme.PrimarySoft, Radius: theme.RadiusTab},
			widget.NewIcon("zap", theme.Primary, 14),
			widget.NewLabel(widget.LabelOptions{Text: v.stage.T("composer.then", "actions", strings.Join(actions, v.stage.T("list.comma"))),
				Style: widget.TextStyle{Size: theme.SizeSmall, Ink: theme.Primary}}),
			widget.NewIconButton(widget.IconButtonOptions{Icon: "x", Side: 22, IconSide: 14, Tip: v.stage.Tip("composer.then.remove", ""), OnTap: v.p.DropActions})))
	}
	v.files.Set(parts...)
	return show(v.files, len(parts) > 0) || len(parts) > 0
}

// shorten keeps the end of a long name, where its kind stands.
func shorten(name string) string {
	r := []rune(name)
	if len(r) <= 32 {
		return name
	}
	return string(r[:18]) + "…" + string(r[len(r)-12:])
}

// Attach adds files that were dropped or chosen.
func (v *View) Attach(files ...fyne.URI) {
	for _, u := range files {
		size := int64(0)
		if s, err := sizeOf(u); err == nil {
			size = s
		}
		v.p.Attach(u.Name(), size, func() (io.ReadCloser, error) { return storage.Reader(u) })
	}
}
