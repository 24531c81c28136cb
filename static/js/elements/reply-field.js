// <reply-field><form>…</form></reply-field>: Ctrl or ⌘ and Enter send, never while an input method is composing; a key made
// here lets the server recognise a second sending of the same words.
import { newKey } from "../keys.js";

const HURRY = 1000 // within which a second press is meant for what has gone already

// Safari ends the composition before it tells of the Enter that ended it; 229 is how it is known.
const isComposing = event => event.isComposing || event.keyCode === 229

customElements.define("reply-field", class extends HTMLElement {
  connectedCallback() {
    for (const type of ["keydown", "input", "submit", "htmx:beforeRequest", "htmx:afterRequest"]) {
      this.addEventListener(type, this)
    }
    this.addEventListener("htmx:confirm", event => this.hurried(event), true)
    this.page = this.closest("thread-reader") ?? this
    this.page.addEventListener("click", this)
    this.back = () => { this.isSent = false }
    addEventListener("pageshow", this.back)
  }

  disconnectedCallback() {
    this.page.removeEventListener("click", this)
    removeEventListener("pageshow", this.back)
  }

  get form() {
    return this.querySelector("form")
  }

  get field() {
    return this.querySelector("textarea")
  }

  handleEvent(event) {
    if (event.type === "keydown") this.press(event)
    else if (event.type === "input") this.write()
    else if (event.type === "submit") this.send(event)
    else if (event.type === "click") this.choose(event)
    else if (event.target !== this.form) return
    else if (event.type === "htmx:beforeRequest") this.unsay("[data-refused]")
    else if (event.detail.successful) this.clear()
  }

  write() {
    this.form.elements.key.value ||= newKey()
    if (this.field.value.trim()) this.unsay("[data-refused=empty]")
  }

  // What was wrong is no longer so, or is about to be looked at anew.
  unsay(what) {
    this.form.querySelector(`.field__wrong${what}`)?.remove()
  }

  press(event) {
    if (event.key !== "Enter") return
    if (event.target.localName === "input") {
      event.preventDefault()
      if (!isComposing(event)) this.field.focus()
    } else if ((event.ctrlKey || event.metaKey) && !isComposing(event)) {
      event.preventDefault()
      this.form.requestSubmit()
    }
  }

  // A plain post leaves the page: a second press meanwhile would only send it twice.
  send(event) {
    if (window.htmx && this.form.hasAttribute("hx-post")) return
    if (this.isSent) event.preventDefault()
    this.isSent = true
  }

  // Pressed twice: the second time there is nothing left to send, and nothing to say about that.
  hurried(event) {
    if (event.target !== this.form || this.field.value.trim() || !(Date.now() - this.sentAt < HURRY)) return
    event.preventDefault()
    event.stopPropagation()
  }

  clear() {
    if (!this.form.elements.reply_to) return
    this.sentAt = Date.now()
    this.form.reset()
    this.field.value = ""
    this.form.elements.key.value = ""
    this.answer(null)
    this.field.dispatchEvent(new Event("input", { bubbles: true }))
    this.form.elements.key.value = ""
  }

  choose(event) {
    const link = event.target.closest("[data-reply], [data-alone]")
    if (!link || !this.form?.elements.reply_to) return
    event.preventDefault()
    this.answer(link.dataset.reply ? link.dataset : null)
    this.field.focus()
  }

  answer(post) {
    this.form.elements.reply_to.value = post?.reply ?? ""
    const note = this.querySelector("[data-answering]"), words = note.querySelector("[data-words]")
    note.hidden = !post
    if (post) words.textContent = words.dataset.words.replace("{name}", post.name)
  }
})
