package shell

import (
	"encoding/json"

	"fyne.io/fyne/v2"
	fynelang "fyne.io/fyne/v2/lang"
)

// libraryWords are the texts of Fyne that people meet in its file dialog, and where ours for them stand. Its "Home",
// "Computer" and the question before a file is written over are English in every language: they can't be replaced.
var libraryWords = map[string]string{
	"Cancel": "dialog.cancel", "Open": "file.open", "Save": "dialog.save", "File": "inbox.file", "Enter filename": "file.name",
	"Show Hidden Files": "file.hidden", "New Folder": "file.folder", "Create Folder": "file.folder.make",
	"file.name": "file.name", "file.parent": "file.parent",
}

// speakLibrary has Fyne's own dialogs say the words of the language in use. Fyne follows the system's language only, so
// the words are put under every language that it may take the system's for.
func (s *Shell) speakLibrary() {
	words := make(map[string]string, len(libraryWords))
	for theirs, ours := range libraryWords {
		words[theirs] = s.opts.Lang.T(ours)
	}
	data, err := json.Marshal(words)
	if err != nil {
		panic("ui/shell: " + err.Error()) // a map of strings always encodes
	}
	for _, tag := range []string{"en", "zh", "zh-Hans", fynelang.SystemLocale().LanguageString()} {
		if err := fynelang.AddTranslations(fyne.NewStaticResource(tag+".json", data)); err != nil {
			s.opts.Log.Warn("words of the library not set", "component", "shell", "language", tag, "err", err)
		}
	}
}
