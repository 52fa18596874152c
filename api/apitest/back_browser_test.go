package apitest

import (
	"testing"

	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

// TestBackKeepsWhatWasTyped: who comes back to a form that was sent finds it as it was
// left, and may send it again; changed it counts as another one. A long list is chosen at
// once.
func TestBackKeepsWhatWasTyped(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	_, err := w.service.TakeTemplate(ctx, account.System(), w.organisationOf().ID, nil)
	w.check(err)
	b := w.tab()
	b.as(w.desk(account.Lead))
	b.open("/iterations/" + w.own["iteration"] + "/edit")
	got := b.Eval(`(async () => {
		const form = document.querySelector('form.form'), button = form.querySelector('button'), once = form.elements.once.value;
		const said = button.textContent, back = () => dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
		form.addEventListener('submit', (e) => e.preventDefault());
		form.elements.no_goals.value = 'getippt';
		form.requestSubmit();
		const disabled = new Promise((resolve) => new MutationObserver(resolve).observe(button, {attributes: true}));
		await disabled;
		const waits = button.textContent !== said;
		back();
		const same = form.elements.once.value === once;
		form.elements.no_goals.dispatchEvent(new Event('input', {bubbles: true}));
		return JSON.stringify({waits, sent: form.dataset.sent || '', label: button.textContent === said, disabled: button.ariaDisabled, typed: form.elements.no_goals.value,
			same, anew: form.elements.once.value !== once});
	})()`)
	if want := `{"waits":true,"sent":"","label":true,"disabled":null,"typed":"getippt","same":true,"anew":true}`; got != want {
		t.Errorf("back at the form: %s, want %s", got, want)
	}
	got = b.Eval(`(() => {
		const all = document.querySelector('.choice.all input'), boxes = [...document.querySelectorAll('[name=scope]')];
		const chosen = () => boxes.filter((one) => one.checked).length - boxes.length;
		const begun = all.indeterminate;
		all.click();
		const every = chosen();
		boxes[0].click();
		return JSON.stringify({begun, every, then: all.indeterminate, checked: all.checked});
	})()`)
	if want := `{"begun":true,"every":0,"then":true,"checked":false}`; got != want {
		t.Errorf("all of a list: %s, want %s", got, want)
	}
}
