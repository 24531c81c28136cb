// <rich-composer address="/forum/composer/" people="/forum/threads/7/people/"><form>…<textarea name="body">…</form></rich-composer>
// The plain field becomes a composer with form once somebody begins to write; until then nothing of it is loaded. The
// field stays what is sent: it holds the words, and [name=source] their form. What cannot be loaded is not missed.
const ready = field => new Promise(done => {
  // Never under the fingers of an input method: it would lose what it is composing.
  let composing = false
  field.addEventListener("compositionstart", () => { composing = true })
  field.addEventListener("compositionend", () => { composing = false; setTimeout(() => field.dispatchEvent(new Event("composer:try"))) })
  field.addEventListener("composer:try", () => composing || done())
  field.dispatchEvent(new Event("composer:try"))
})

customElements.define("rich-composer", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("focusin", this)
    this.addEventListener("htmx:load", this)
    // Given back by the server, or kept from before: form that the plain field cannot show.
    if (this.source?.value) this.begin()
  }

  disconnectedCallback() {
    this.composer?.destroy()
  }

  get form() {
    return this.querySelector("form")
  }

  get field() {
    return this.querySelector("textarea[name=body]")
  }

  get source() {
    return this.form?.elements.source
  }

  handleEvent(event) {
    if (event.target === this.field) this.begin()
    // The server gave the form back: its field is another one.
    else if (event.type === "htmx:load" && this.composed && this.composed !== this.field) this.again()
  }

  again() {
    this.composer.destroy()
    this.composer = this.composed = this.beginning = null
    this.begin()
  }

  begin() {
    this.beginning ??= this.load().catch(() => { this.field.readOnly = false })
    return this.beginning
  }

  async load() {
    if (!this.field || !this.source) return
    this.field.readOnly = Boolean(this.source.value)
    const [{ compose }, bar] = await Promise.all([import("../composer/composer.js"), this.fetchBar()])
    await ready(this.field)
    if (!this.isConnected) return
    this.field.readOnly = false
    this.composed = this.field
    this.composer = compose(this, bar)
    this.dispatchEvent(new CustomEvent("composer:ready", { bubbles: true }))
  }

  async fetchBar() {
    const answer = await fetch(this.getAttribute("address"), { headers: { "HX-Request": "true" } })
    if (!answer.ok) throw new Error(answer.status)
    return document.createRange().createContextualFragment(await answer.text()).firstElementChild
  }
})
