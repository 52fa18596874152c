package mail

import "pulscheck/survey"

// Sample writes a mail to a member without a store.
func Sample(m *survey.Mailing, a survey.Addressee) *Message {
	message := &Message{ID: "sample", To: a.Email, Language: a.Language}
	message.fill(memberSheet(m, a, "https://puls.example/r/"+string(m.Round.ID)+"#"+a.Fragment))
	return message
}

// SampleLetter writes a letter without a store.
func SampleLetter(l survey.Letter, file string) *Message {
	message := &Message{ID: "sample", To: l.Recipient, Language: l.Language}
	var f *File
	if l.Attachment != "" {
		f = &File{Name: file, Type: "application/pdf"}
	}
	message.fill(letterSheet(l, f))
	return message
}
