// What the pages of those who run programmes do with script: everything works without.

const say = (text) => { document.getElementById('say').textContent = text }

// A form is sent once, and says that it is on its way.
for (const form of document.querySelectorAll('form[method=post]:not([data-fragment])')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) return event.preventDefault()
    form.dataset.sent = '1'
    const button = event.submitter || form.querySelector('button')
    setTimeout(() => {
      if (!form.dataset.sent) return
      button.setAttribute('aria-disabled', 'true')
      if (!button.classList.contains('link')) {
        button.dataset.said = button.textContent
        button.textContent = document.body.dataset.wait
      }
      say(document.body.dataset.wait)
    }, 1000)
  })
}
// Back from the page that followed: what was typed stays, and may be sent again. What is
// changed then is another form; unchanged it counts once.
const anew = (event) => {
  const once = event.currentTarget.elements.once
  if (once) once.value = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('')
}
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent
    form.addEventListener('input', anew, { once: true })
  }
  for (const button of document.querySelectorAll('button[aria-disabled]')) {
    button.removeAttribute('aria-disabled')
    if (button.dataset.said) button.textContent = button.dataset.said
  }
})

// A password may be looked at while it is typed.
for (const input of document.querySelectorAll('input[type=password]')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'link reveal'
  button.setAttribute('aria-controls', input.id)
  const set = (shown) => {
    input.type = shown ? 'text' : 'password'
    button.textContent = shown ? document.body.dataset.hide : document.body.dataset.show
  }
  button.addEventListener('click', () => set(input.type === 'password'))
  input.form.addEventListener('submit', () => set(false))
  set(false)
  input.after(button)
}

// What stands behind # in an address is put into the form that asks for it.
for (const form of document.querySelectorAll('[data-fragment]')) {
  const take = () => { if (location.hash.length > 1) form.elements[form.dataset.fragment].value = location.hash.slice(1) }
  addEventListener('hashchange', take)
  take()
}

// The summary of what is wrong is read first.
document.getElementById('problem')?.focus()

// The navigation is folded on small screens.
const wide = matchMedia('(min-width: 64rem)')
const fold = document.querySelector('.fold')
if (fold) {
  const fit = () => { fold.open = wide.matches }
  wide.addEventListener('change', fit)
  fit()
}

// What was typed into is known by it.
for (const form of document.querySelectorAll('form.form:not([enctype]), form.rating')) {
  form.addEventListener('input', () => { form.dataset.typed = '1' })
}

// Two minutes before the session ends, one may go on.
const idle = Number(document.body.dataset.idle)
let timer
const wait = () => { clearTimeout(timer); timer = setTimeout(warn, idle * 1000) }
const warn = () => {
  const bar = document.createElement('div')
  bar.id = 'idle'
  bar.setAttribute('role', 'status')
  const text = document.createElement('p')
  text.textContent = document.body.dataset.idleText
  const button = document.createElement('button')
  button.className = 'button'
  button.textContent = document.body.dataset.idleButton
  button.addEventListener('click', async () => {
    const answer = await fetch('/session', { headers: { accept: 'application/json' } })
    if (answer.redirected) { // too late: what was typed is sent, to be kept until the log-in
      const sent = await Promise.all([...document.querySelectorAll('form[data-typed]')].map((form) => (
        fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) }).catch(() => null))))
      return location.assign(sent.find((one) => one?.redirected)?.url ?? location.href)
    }
    bar.remove()
    wait()
  })
  bar.append(text, button)
  document.body.append(bar)
}
if (idle) wait()

// A draft keeps itself a moment after each change, so that it outlives the session. What
// is not sound yet waits for the button.
for (const form of document.querySelectorAll('form[data-draft]')) {
  let later
  const keep = async () => {
    const fields = new URLSearchParams(new FormData(form))
    fields.delete('once') // it is sent again and again
    try {
      const answer = await fetch(form.action, { method: 'POST', body: fields })
      const seen = answer.ok && /name="seen" value="(\d+)"/.exec(await answer.text())
      if (!seen || form.dataset.sent) return
      form.elements.seen.value = seen[1]
      say(form.dataset.draft)
      if (idle) wait()
    } catch { /* away for a moment; the next change tries again */ }
  }
  form.addEventListener('change', () => { clearTimeout(later); later = setTimeout(keep, 3000) })
  form.addEventListener('submit', () => clearTimeout(later))
}

// Long work tells how far it is.
const job = document.querySelector('[data-progress=running]')
const poll = async () => {
  try {
    const answer = await fetch(location.href, { headers: { accept: 'application/json' } })
    const now = await answer.json()
    if (now.state !== 'running' || now.mark !== job.dataset.mark) return location.reload()
    const bar = document.getElementById('progress')
    if (now.total) {
      bar.max = now.total
      bar.value = now.done
    }
    const text = document.getElementById('progress-text')
    if (text.textContent !== now.text) text.textContent = now.text
  } catch { /* away for a moment; asked again */ }
  setTimeout(poll, 2000)
}
if (job) setTimeout(poll, 1000)

// All of a long list at once.
for (const list of document.querySelectorAll('fieldset')) {
  const boxes = [...list.querySelectorAll('input[type=checkbox]')]
  if (boxes.length < 5) continue
  const label = document.createElement('label')
  label.className = 'choice all'
  const all = document.createElement('input')
  all.type = 'checkbox'
  const text = document.createElement('span')
  text.textContent = document.body.dataset.all
  label.append(all, text)
  const count = () => {
    const chosen = boxes.filter((one) => one.checked).length
    all.checked = chosen === boxes.length
    all.indeterminate = chosen > 0 && !all.checked
  }
  all.addEventListener('change', () => { for (const one of boxes) one.checked = all.checked })
  for (const one of boxes) one.addEventListener('change', count)
  count()
  boxes[0].parentElement.before(label)
}
