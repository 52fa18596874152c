package web

import "testing"

// TestNavigationNamesEverythingOnce: every menu stands in one piece, and no page in it
// twice.
func TestNavigationNamesEverythingOnce(t *testing.T) {
	pages, menus := map[string]bool{}, map[string]bool{}
	for i, e := range nav {
		if pages[e.name] || pages[e.path] {
			t.Errorf("%s stands there twice", e.name)
		}
		if i > 0 && nav[i-1].menu != e.menu && menus[e.menu] {
			t.Errorf("the menu %s begins twice", e.menu)
		}
		pages[e.name], pages[e.path], menus[e.menu] = true, true, true
	}
}
