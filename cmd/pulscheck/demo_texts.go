package main

import "math/rand/v2"

// demoTexts are invented comments by process and kind; "" serves every process.
// The first of a kind are said early, the later ones after some iterations.
var demoTexts = map[string]map[string][]string{
	"": {
		"praise": {
			"Die kurzen Runden am Montag helfen, man weiß endlich, woran gerade gearbeitet wird.",
			"Fragen werden inzwischen am selben Tag beantwortet. Das war vor einem halben Jahr noch anders.",
			"Gut, dass wir mit wenigen Regeln angefangen haben und nicht mit dem dicken Handbuch.",
			"Die Übersichtsseite mit den drei wichtigsten Wegen hängt jetzt bei uns an der Wand.",
		},
		"obstacle": {
			"Zu viele Umstellungen gleichzeitig: neues Werkzeug, neue Rollen und nebenbei der Umzug.",
			"Im Alltag fehlt die Zeit, alles doppelt zu pflegen, solange das alte System noch läuft.",
			"Wenn es brennt, ruft man doch wieder an, weil das schneller geht als das Formular.",
			"Ich erfahre von Änderungen oft erst, wenn sie schon gelten.",
			"Die Pflichtfelder passen nicht zu dem, was wir wirklich wissen, wenn der Fall hereinkommt.",
		},
		"idea": {
			"Ein fester Ansprechpartner je Standort wäre eine große Hilfe.",
			"Bitte kurze Beispiele statt langer Arbeitsanweisungen, eine Seite reicht.",
			"Die schnellen Erfolge öfter erzählen, zum Beispiel im Intranet mit zwei Sätzen.",
			"Neue Kolleginnen und Kollegen sollten in der ersten Woche eine Stunde Einführung bekommen.",
		},
	},
	"INC": {
		"praise": {
			"Seit die Dringlichkeit klar geregelt ist, streiten wir nicht mehr, was zuerst kommt.",
			"Bei der großen Störung im Mai wusste jeder, was zu tun ist.",
		},
		"obstacle": {
			"Nachts ist unklar, wer eine Störung der Stufe 1 freigeben darf.",
			"Meldungen kommen ohne Gerätenummer herein, und wir fragen jedes Mal nach.",
		},
		"idea": {"Vorlagen für die zehn häufigsten Störungen würden uns viel Tipparbeit sparen."},
	},
	"REQ": {
		"praise":   {"Der Katalog ist übersichtlich geworden, die meisten finden jetzt selbst, was sie brauchen."},
		"obstacle": {"Die Genehmigung durch zwei Vorgesetzte dauert länger als die Arbeit selbst."},
		"idea":     {"Standardbestellungen unter 200 Euro ohne Genehmigung durchlassen."},
	},
	"CHG": {
		"praise": {"Der Änderungskalender ist eine gute Sache, wenn er gepflegt wird."},
		"obstacle": {
			"Bis eine kleine Änderung genehmigt ist, vergehen zwei Wochen. Da umgeht man den Weg eben.",
			"Das Formular fragt dreimal nach demselben Risiko.",
			"Im Gremium sitzt niemand, der unsere Anwendung kennt.",
			"Notfalländerungen sind inzwischen der Normalfall, weil der übliche Weg zu langsam ist.",
		},
		"idea": {
			"Wiederkehrende Änderungen ohne Risiko einmal genehmigen und dann nur noch anzeigen.",
			"Das Gremium zweimal in der Woche kurz statt alle vierzehn Tage lang.",
		},
	},
	"PRB": {
		"praise": {"Die Ursachensuche hat bei den Druckern wirklich etwas gebracht, seitdem ist Ruhe."},
		"idea":   {"Bekannte Fehler sollten am Service Desk sofort sichtbar sein."},
	},
}

// demoComment picks a comment of the process or a general one. Criticism grows rarer
// with the iterations.
func demoComment(process string, iteration int, random *rand.Rand) (text, kind string) {
	kind = "idea"
	switch c := random.Float64(); {
	case c < 0.22+0.08*float64(iteration):
		kind = "praise"
	case c < 0.72:
		kind = "obstacle"
	}
	texts := demoTexts[process][kind]
	if len(texts) == 0 || random.IntN(3) == 0 {
		texts = demoTexts[""][kind]
	}
	return texts[random.IntN(len(texts))], kind
}
