package pages

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"path"
	"sync"
)

// staticFiles are the style sheet, the modules and the icon. Modules import each
// other by relative paths ("./graph.js"), which stay within one version.
//
//go:embed static
var staticFiles embed.FS

// Version returns a text that changes when any static file or template does. It
// is part of the address of static files, so that these may be kept for ever.
var Version = sync.OnceValue(func() string {
	h := sha256.New()
	for _, files := range []embed.FS{staticFiles, templateFiles} {
		err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			raw, err := files.ReadFile(name)
			h.Write([]byte(name))
			h.Write(raw)
			return err
		})
		if err != nil {
			panic(err) // the files are embedded
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
})

// Asset returns the address of the static file of the given name.
func Asset(name string) string { return "/static/" + Version() + "/" + name }

// mediaTypes of static files by suffix; nothing else is served.
var mediaTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

// Static returns the static file of the given name and its media type; ok is
// false if there is none.
func Static(name string) (body []byte, mediaType string, ok bool) {
	mediaType, known := mediaTypes[path.Ext(name)]
	body, err := staticFiles.ReadFile("static/" + name)
	return body, mediaType, known && err == nil
}
