// Package mail writes the mails of pulscheck and hands them over: to a mail server by
// SMTP, or as files for trying out. It is the only room that knows the mail library.
// It decides nothing about who gets a mail: survey says who is invited or reminded
// and leaves letters in the outbox; jobs of cmd call a Courier, which goes on where
// an earlier run was cut off.
//
// Every mail is claimed, durably, before it is handed over, so that nobody gets one
// twice; if the answer of the mail server is lost, the mail is uncertain and is not
// sent again by itself. Mails carry no picture, no pixel and no link but the own one.
//
// Next: message.go for what a mail is, courier.go for how they are walked through,
// survey/locale/catalogue/mail.de.json for the texts.
package mail
