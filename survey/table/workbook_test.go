package table

import (
	"bytes"

	"github.com/xuri/excelize/v2"
)

// Workbook reads the first sheet of a workbook.
func Workbook(body []byte) ([][]string, error) {
	book, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return book.GetRows(book.GetSheetName(0))
}
