// Package locale holds what pulscheck says in German and English: texts, plural
// forms, numbers and dates. It is not a place for decisions about what to say;
// report and api/view choose the key. Next: survey/questionnaire, which carries
// its texts in both languages.
package locale
