package pdf_test

import (
	"testing"

	"pulscheck/report"
	"pulscheck/report/pdf"
)

// BenchmarkReport draws a report of twelve pages of every kind of block.
func BenchmarkReport(b *testing.B) {
	d := document()
	page := d.Pages[1]
	d.Pages = d.Pages[:1]
	for len(d.Pages) < 12 {
		d.Pages = append(d.Pages, page)
	}
	var size int
	for b.Loop() {
		body, err := pdf.Draw(&report.Document{
			Language: d.Language, Title: d.Title, Subject: d.Subject, ID: d.ID, PageOf: d.PageOf, Created: d.Created, Pages: d.Pages,
		})
		if err != nil {
			b.Fatal(err)
		}
		size = len(body)
	}
	b.ReportMetric(float64(size), "bytes")
}
