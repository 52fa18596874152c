package pdf_test

import (
	"fmt"
	"sync"
	"testing"

	"pulscheck/report"
	"pulscheck/report/pdf"
)

// sixteen is a document of sixteen pages with every kind of block.
func sixteen() *report.Document {
	d := document()
	page := d.Pages[1]
	d.Pages = d.Pages[:1]
	for len(d.Pages) < 16 {
		d.Pages = append(d.Pages, page)
	}
	return d
}

// BenchmarkReport draws one report, two and eight at once.
func BenchmarkReport(b *testing.B) {
	for _, n := range []int{1, 2, 8} {
		b.Run(fmt.Sprintf("at-once=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			var size int
			for b.Loop() {
				var group sync.WaitGroup
				for i := range n {
					group.Go(func() {
						body, err := pdf.Draw(sixteen())
						if err != nil {
							b.Error(err)
						}
						if i == 0 {
							size = len(body)
						}
					})
				}
				group.Wait()
			}
			b.ReportMetric(float64(size), "bytes")
		})
	}
}
