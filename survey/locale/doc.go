// Package locale holds what pulscheck says in German and English: texts, plural
// forms, numbers and dates. It is not a place for decisions about what to say;
// report, api/view and survey/mail choose the key and hand in the values.
//
// Each room keeps its texts in files of its own, catalogue/ROOM.de.json and
// catalogue/ROOM.en.json; a text "closed" of survey.de.json has the key
// "survey.closed". A text is a string with named places in braces, or an object of
// the plural forms "one" and "other", chosen by the value of the place {n}. A test
// keeps both languages complete and alike.
//
// Next: survey/questionnaire, which carries its texts in both languages.
package locale
