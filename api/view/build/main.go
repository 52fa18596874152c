// Command build bundles the scripts of the survey page from api/view/client into
// api/view/static/js, the same bytes for the same sources. Run it through
// "make client" after "npm install" in api/view/client; its result is committed, so
// that neither is needed to build or run pulscheck.
package main

import (
	"log"

	"github.com/evanw/esbuild/pkg/api"
)

func main() {
	for _, name := range []string{"ticket", "steps"} {
		result := api.Build(options(name))
		for _, m := range result.Errors {
			log.Printf("%s.js: %s", name, m.Text)
		}
		if len(result.Errors) > 0 {
			log.Fatal("the scripts were not built")
		}
	}
}

// options are the same for both scripts; the steps load the cryptography as its own
// file.
func options(name string) api.BuildOptions {
	o := api.BuildOptions{
		EntryPoints: []string{"api/view/client/" + name + ".js"}, Outfile: "api/view/static/js/" + name + ".js",
		Bundle: true, Write: true, Format: api.FormatESModule, Target: api.ES2022, LegalComments: api.LegalCommentsInline,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true, Charset: api.CharsetUTF8,
	}
	if name == "steps" {
		o.External = []string{"./ticket.js"}
	}
	return o
}
