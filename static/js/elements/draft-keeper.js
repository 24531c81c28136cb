// <draft-keeper key="thread-12"><form><textarea name="body">…</form></draft-keeper>: keeps unsent words on this device.
//
// They are let go only when the server has acknowledged them:
//   - htmx: the form's own request was answered with success;
//   - a plain post: the next page shows the words that were sent in one of its [data-words], or carries [data-draft-done="thread-12"].
// A failed or lost request therefore never costs a word.
const PREFIX = "draft:"
const LONGEST_KEPT = 30 * 24 * 3600_000

function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(PREFIX + key))
    return draft && Date.now() - draft.at < LONGEST_KEPT ? draft : null
  } catch {
    return null
  }
}

function write(key, draft) {
  try {
    if (draft) localStorage.setItem(PREFIX + key, JSON.stringify(draft))
    else localStorage.removeItem(PREFIX + key)
  } catch {
    // A full or forbidden storage: the field itself still holds the words.
  }
}

const bare = words => words.replace(/\s+/g, "")

customElements.define("draft-keeper", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", this)
    this.addEventListener("submit", this)
    this.addEventListener("htmx:afterRequest", this)
    this.recall()
  }

  get field() {
    return this.querySelector("textarea, input[type=text]")
  }

  // Their form, where a composer gave them one.
  get source() {
    return this.querySelector("input[name=source]")
  }

  get key() {
    return this.getAttribute("key")
  }

  handleEvent(event) {
    if (event.type === "input") this.keep()
    else if (event.type === "submit") this.keep({ sent: true })
    else if (event.detail.successful && event.target.matches?.("form")) write(this.key, null)
  }

  keep(more) {
    const words = this.field?.value ?? "", source = this.source?.value ?? ""
    write(this.key, words.trim() || source ? { words, source, at: Date.now(), ...more } : null)
  }

  recall() {
    const draft = read(this.key)
    if (!draft || !this.field) return
    if (this.acknowledged(draft)) return write(this.key, null)
    if (this.field.value || this.source?.value) return
    // The form of the words first: whoever hears of the words looks for it.
    if (draft.source && this.source) this.source.value = draft.source
    this.field.value = draft.words
    this.field.dispatchEvent(new Event("input", { bubbles: true }))
  }

  acknowledged({ sent, words }) {
    if (document.querySelector(`[data-draft-done="${CSS.escape(this.key)}"]`)) return true
    if (!sent) return false
    const said = bare(words)
    return [...document.querySelectorAll("[data-words], .post__body")].some(place => bare(place.textContent).includes(said))
  }
})
