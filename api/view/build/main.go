// Command build bundles the scripts of the pages from api/view/client into
// api/view/static/js, the same bytes for the same sources. Run it through
// "make client" after "npm install" in api/view/client; its result is committed, so
// that neither is needed to build or run pulscheck.
package main

import (
	"log"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

func main() {
	for _, name := range []string{"ticket", "steps", "preview", "web"} {
		result := api.Build(options(name))
		for _, m := range result.Errors {
			log.Printf("%s.js: %s", name, m.Text)
		}
		if len(result.Errors) > 0 {
			log.Fatal("the scripts were not built")
		}
	}
}

// oldest are the browsers that get the scripts; older ones take the way without them.
// What these lack of the library stands in client/oldest.js.
var oldest = []api.Engine{
	{Name: api.EngineChrome, Version: "90"}, {Name: api.EngineSafari, Version: "14"}, {Name: api.EngineFirefox, Version: "88"},
}

// options are the same for both scripts; the steps load the cryptography as its own
// file.
func options(name string) api.BuildOptions {
	o := api.BuildOptions{
		EntryPoints: []string{"api/view/client/" + name + ".js"}, Outfile: "api/view/static/js/" + name + ".js",
		Bundle: true, Write: true, Format: api.FormatESModule, Engines: oldest,
		Supported:        map[string]bool{"destructuring": true}, // Safari 14 has it; esbuild doubts it for a rare case
		LegalComments:    api.LegalCommentsInline,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true, Charset: api.CharsetUTF8,
	}
	if name == "steps" || name == "preview" {
		o.External = []string{"./ticket.js"}
	}
	if name == "preview" {
		o.EntryPoints, o.Plugins = []string{"api/view/client/steps.js"}, []api.Plugin{{Name: name, Setup: standIn}}
	}
	return o
}

// standIn bundles the steps of the survey with a script that neither asks a server nor keeps
// anything, for trying a survey out.
func standIn(b api.PluginBuild) {
	b.OnResolve(api.OnResolveOptions{Filter: `^\./(server|draft)\.js$`}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
		return api.OnResolveResult{Path: filepath.Join(a.ResolveDir, "preview.js")}, nil
	})
}
