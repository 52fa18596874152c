package survey_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey/store/storetest"
)

// TestChangedSettingsAreTold: the audit of the installation names the settings that are
// others than at the last start, never a value, and tells nothing otherwise.
func TestChangedSettingsAreTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 12)
		h.witness(t)
		usual := map[string]string{"PULSCHECK_LISTEN": "a", "PULSCHECK_LOG": "text", "PULSCHECK_NEW": "usual"}
		starts := []map[string]string{
			{"PULSCHECK_LISTEN": "a", "PULSCHECK_LOG": "text"},
			{"PULSCHECK_LISTEN": "a", "PULSCHECK_LOG": "text"},
			{"PULSCHECK_LISTEN": "marker-value", "PULSCHECK_LOG": "json"},
			{"PULSCHECK_LISTEN": "marker-value", "PULSCHECK_LOG": "json", "PULSCHECK_NEW": "usual"},
			{"PULSCHECK_LISTEN": "marker-value", "PULSCHECK_LOG": "json", "PULSCHECK_NEW": "other"},
		}
		for _, settings := range starts {
			if err := h.NoteConfiguration(ctx, settings, usual); err != nil {
				t.Fatal(err)
			}
		}
		entries, err := h.store.ListAudit(ctx, "")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range entries {
			if e.Verb == "installation.configure" {
				got = append(got, e.Detail["settings"])
			}
		}
		if diff := cmp.Diff([]string{"PULSCHECK_LISTEN, PULSCHECK_LOG", "PULSCHECK_NEW"}, got); diff != "" {
			t.Errorf("the audit (-want +got):\n%s", diff)
		}
		if where := storetest.Holds(t, url, []byte("marker-value")); len(where) > 0 {
			t.Errorf("the value stands in %v", where)
		}
	})
}
