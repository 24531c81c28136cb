// <choice-slip><form>…two answers…</form></choice-slip>: answers without leaving the page; the slip goes once it is heard.
customElements.define("choice-slip", class extends HTMLElement {
  connectedCallback() {
    this.querySelector("form").addEventListener("submit", event => this.send(event))
  }

  async send(event) {
    event.preventDefault()
    const form = event.target, said = new URLSearchParams(new FormData(form, event.submitter))
    try {
      const answer = await fetch(form.action, { method: "POST", body: said, headers: { Accept: "application/json" } })
      if (!answer.ok) throw new Error(answer.status)
    } catch {
      HTMLFormElement.prototype.submit.call(withAnswer(form, event.submitter))
      return
    }
    delete document.documentElement.dataset.unasked
    document.dispatchEvent(new Event("choices:made"))
    document.getElementById("main")?.focus({ preventScroll: true })
  }
})

function withAnswer(form, button) {
  const field = document.createElement("input")
  Object.assign(field, { type: "hidden", name: button.name, value: button.value })
  form.append(field)
  return form
}
