package api_test

import (
	"os"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/google/go-cmp/cmp"

	"pulscheck/api"
	v1 "pulscheck/api/v1"
)

// TestDescriptionIsThatOfTheCode compares openapi.yaml with the routes; "make openapi"
// writes it anew.
func TestDescriptionIsThatOfTheCode(t *testing.T) {
	e := gin.New()
	a := v1.New(v1.Options{})
	got, err := a.Register(e, e.Group(v1.Prefix), api.Routes(a))
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("UPDATE_OPENAPI") == "1" {
		if err := os.WriteFile("openapi.yaml", got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("openapi.yaml is not what the code says (-file +code); make openapi:\n%s", diff)
	}
}
