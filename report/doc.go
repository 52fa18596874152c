// Package report says what a check report contains: Build turns the results of a
// round into a Document of pages with texts, tables and figures, following the rules
// of the report's design (F0-F13 for findings, A1-A13 for actions). It is pure: it knows
// neither PDF nor database nor clock, and it shows nothing of answers that the results do
// not display.
// report/source gathers what goes in, report/pdf draws a Document, report/fragment writes
// its pages as HTML; cmd and api call them.
package report
