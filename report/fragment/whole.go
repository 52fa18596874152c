package fragment

import (
	"strings"

	"pulscheck/report"
)

// style is enough for a file that is opened by itself, on a screen or on paper.
const style = `body{font:16px/1.5 "Source Sans 3",system-ui,sans-serif;color:#1b2733;max-width:46rem;margin:2rem auto;padding:0 1rem}
section{margin:0 0 3rem;break-inside:auto}h1,h2,h3{line-height:1.25;margin:1.5em 0 .4em}h1{font-size:2rem}
.kicker{text-transform:uppercase;letter-spacing:.06em;font-weight:600;color:#0b5c7a;margin:0}.subtitle,.note,dt{color:#4a5763}
table{border-collapse:collapse;width:100%;margin:1em 0}th,td{text-align:left;vertical-align:top;padding:.35em .6em .35em 0;border-bottom:1px solid #d5dbe1;font-weight:400}
thead th{font-weight:600;border-bottom-color:#1b2733}.num{text-align:right}.mid{text-align:center}
dl{display:grid;grid-template-columns:12rem 1fr;gap:.4em 1em}dd{margin:0}footer{color:#4a5763;border-top:1px solid #d5dbe1;padding-top:.5em}
@media(max-width:40rem){dl{display:block}dd{margin:0 0 .8em}}`

// Whole gives a document as one HTML file that needs nothing else.
func Whole(d *report.Document) ([]byte, error) {
	var b strings.Builder
	b.WriteString("<!doctype html>\n<html lang=\"" + escape(string(d.Language)) + "\">\n<head><meta charset=\"utf-8\">" +
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + escape(d.Title+" – "+d.Organisation) + "</title>\n<style>" + style + "</style></head>\n<body><main>\n")
	for i := range d.Pages {
		level := 2
		if i == 0 {
			level = 1
		}
		part, err := Render(d, &d.Pages[i], Options{Level: level})
		if err != nil {
			return nil, err
		}
		b.WriteString("<section>\n" + string(part) + "</section>\n")
	}
	b.WriteString("</main>\n<footer>" + escape(d.Foot) + "</footer>\n</body>\n</html>\n")
	return []byte(b.String()), nil
}
