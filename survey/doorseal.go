package survey

import (
	"bytes"
	"encoding/base64"

	"pulscheck/survey/fault"
)

// doorBlock is the length to a multiple of which texts of the open door are filled up
// before they are sealed, in bytes: most questions and answers look alike.
const doorBlock = 4096

// sealDoor makes a text of the open door unreadable for whoever holds the database, its
// copies and journals, but not the keys of the installation: a journal has the time of
// every row. What it gives is good for the same question and part alone, "question" or
// "answer".
func (s *Service) sealDoor(id QuestionID, part, text string) (string, error) {
	aead, err := s.aead("open-door")
	if err != nil {
		return "", err
	}
	plain := append([]byte(text), 0) // no text has a control character
	plain = append(plain, make([]byte, (doorBlock-len(plain)%doorBlock)%doorBlock)...)
	return base64.RawStdEncoding.EncodeToString(aead.Seal(nil, nil, plain, doorLabel(id, part))), nil //nolint:gosec // it draws a nonce of its own
}

// openDoor reads what sealDoor gave.
func (s *Service) openDoor(id QuestionID, part, sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	aead, err := s.aead("open-door")
	if err != nil {
		return "", err
	}
	box, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil {
		return "", fault.Wrap(fault.Unavailable, "keys-unavailable", err)
	}
	plain, err := aead.Open(nil, nil, box, doorLabel(id, part))
	if err != nil {
		return "", fault.Wrap(fault.Unavailable, "keys-unavailable", err)
	}
	text, _, _ := bytes.Cut(plain, []byte{0})
	return string(text), nil
}

func doorLabel(id QuestionID, part string) []byte { return []byte(part + "\x00" + string(id)) }

// read opens the texts of a stored question.
func (s *Service) read(q *Question) (err error) {
	if q.Text, err = s.openDoor(q.ID, "question", q.Text); err != nil {
		return err
	}
	q.Answer, err = s.openDoor(q.ID, "answer", q.Answer)
	return err
}
