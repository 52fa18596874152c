package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"pulscheck/survey/questionnaire"
	"pulscheck/survey/table"
	"pulscheck/survey/tally"
)

// submittedColumn of an export of LimeSurvey is empty in answers that were broken off.
const submittedColumn = "submitdate"

// limeColumn finds the column of an item in an export of LimeSurvey with question codes as
// headings: "A1", as a part of an array "G01Q02[A1]", or with its wording "A1. The …".
func (r *answersReader) limeColumn(i int) (int, error) {
	key, found := r.items.items[i].Key, table.NoCell
	for cell, name := range r.Columns {
		code, _, _ := strings.Cut(name, ". ")
		if !strings.EqualFold(limeCode(code), key) {
			continue
		}
		if found >= 0 {
			return 0, &table.Error{File: r.Name, Line: 1, Column: cell + 1, Name: name, Text: fmt.Sprintf("is %s as column %d is; expected it once", key, found+1)}
		}
		found = cell
	}
	if found < 0 {
		return 0, &table.Error{File: r.Name, Line: 1, Text: fmt.Sprintf("no column is %s, which %s, line %d, asks; expected %s or …[%s], as LimeSurvey exports question codes", key, r.items.file, r.items.lines[i], key, key)}
	}
	return found, nil
}

// limeCode gives the code of a question, that of the part for one of an array.
func limeCode(code string) string {
	if at := strings.LastIndexByte(code, '['); at >= 0 && strings.HasSuffix(code, "]") {
		return code[at+1 : len(code)-1]
	}
	return code
}

// unfinished says that the current row of an export was broken off.
func (r *answersReader) unfinished() bool { return r.submitted >= 0 && r.Row[r.submitted] == "" }

// limeAnswer is a code of an answer as LimeSurvey makes them.
var limeAnswer = regexp.MustCompile(`^AO?0*([1-9][0-9]?)$`)

// limeStep reads an answer code: A1 or AO01 is the lowest answer of the scale, and the one
// after the highest is "cannot say"; Y and N are yes and no. Numbers stay what they are.
func limeStep(text string, s questionnaire.Scale) (step int8, known bool) {
	switch {
	case text == "N/A": // was not shown
		return tally.NotAnswered, true
	case text == "Y" && s.Hi-s.Lo == 1:
		return 1, true
	case text == "N" && s.Hi-s.Lo == 1:
		return 0, true
	}
	code := limeAnswer.FindStringSubmatch(text)
	if code == nil {
		return 0, false
	}
	n, err := strconv.Atoi(code[1])
	switch steps := s.Hi - s.Lo + 1; {
	case err != nil || n > steps+1:
		return 0, false
	case n == steps+1:
		return tally.CannotSay, true
	}
	return int8(n - 1), true
}
