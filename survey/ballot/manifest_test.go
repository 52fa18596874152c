package ballot

import (
	"bytes"
	"testing"
	"time"

	"pulscheck/survey/questionnaire"
)

func TestManifestAndFingerprint(t *testing.T) {
	k := testKeys(t, "r")
	m := Manifest{
		Round: "r", Organisation: "Nordlicht", Title: questionnaire.Check().Title, K: 5, Invited: 148,
		Opens: time.Date(2026, 3, 1, 8, 0, 0, 0, time.FixedZone("CET", 3600)), Questionnaire: DescribeQuestionnaire(questionnaire.Check()),
	}
	canonical, fingerprint, err := m.Encode(k)
	if err != nil {
		t.Fatal(err)
	}
	again, _, _ := m.Encode(k)
	if !bytes.Equal(canonical, again) {
		t.Error("two encodings differ")
	}
	got, key, err := ParseManifest(canonical, fingerprint[:FingerprintSize])
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(key, k.IssuerKey()) || got.Questionnaire.Hash != questionnaire.Check().Hash() || got.Opens.Hour() != 7 {
		t.Errorf("manifest reads back as %+v", got)
	}
	if bytes.Contains(canonical, []byte("null")) {
		t.Errorf("the manifest holds null: %s", canonical)
	}
	for _, short := range [][]byte{nil, fingerprint[:FingerprintSize-1]} {
		if _, _, err := ParseManifest(canonical, short); err == nil {
			t.Errorf("a fingerprint of %d bytes was enough", len(short))
		}
	}
	tampered := bytes.Replace(canonical, []byte(`"k":5`), []byte(`"k":4`), 1)
	if _, _, err := ParseManifest(tampered, fingerprint[:FingerprintSize]); err == nil {
		t.Error("a changed manifest matches the fingerprint")
	}
}
