// <draft-keeper key="thread-12" me="7" address="/forum/threads/12/draft/"><form>…</form></draft-keeper>: keeps unsent words.
//
// On this device at once; with an `address`, on the server a second after a pause, for the member's other devices. What
// the page came with is the server's copy, of the version in [name=draft]. Where another device has saved meanwhile, both
// are offered in [data-newer]. Without an address words are let go once the next page shows them in one of its
// [data-words], or carries [data-draft-done="thread-12"]; a failed or lost request never costs a word. With `editing` the
// page came with the words of a post: until they are changed there is nothing to keep.
import { arrived, fieldsOf, isEmpty, isSame, put, read, write } from "../drafts.js";
import { newKey } from "../keys.js";
import { said } from "../times.js";

const PAUSE = 1000, LATER = 10_000, AWAY = 5_000
const LARGEST_AT_THE_DOOR = 60_000 // what a browser still sends while its page is being left

// As everywhere: said as people say it, exact for whoever points at it.
function tellTime(time, at) {
  const { lang } = document.documentElement, now = new Date()
  const day = { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }
  time.dateTime = at.toISOString()
  time.title = at.toLocaleString(lang)
  time.textContent = now - at < 60_000 ? time.dataset.now : said(at, now, lang) ?? at.toLocaleString(lang, day)
}

const bare = words => words.replace(/\s+/g, "")

customElements.define("draft-keeper", class extends HTMLElement {
  connectedCallback() {
    this.hand = newKey()
    for (const type of ["input", "change", "submit", "click", "htmx:beforeRequest", "htmx:beforeOnLoad", "htmx:afterRequest", "htmx:sendError", "htmx:responseError"]) {
      this.addEventListener(type, this)
    }
    if (this.address) {
      addEventListener("online", this)
      document.addEventListener("visibilitychange", this)
      document.addEventListener("live:frame", this)
    }
    this.recall()
  }

  disconnectedCallback() {
    clearTimeout(this.pause)
    removeEventListener("online", this)
    document.removeEventListener("visibilitychange", this)
    document.removeEventListener("live:frame", this)
  }

  get form() { return this.querySelector("form") }
  get address() { return this.getAttribute("address") }
  get place() { return this.getAttribute("key") }
  get isEditing() { return this.hasAttribute("editing") }
  get key() { return this.hasAttribute("me") ? `${this.getAttribute("me")}:${this.place}` : this.place }
  get version() { return Number(this.form.elements.draft?.value || 0) }
  set version(number) { if (this.form.elements.draft) this.form.elements.draft.value = number || "" }

  handleEvent(event) {
    if (event.type === "online") this.save()
    else if (event.type === "visibilitychange") document.hidden ? this.leave() : this.look()
    else if (event.type === "live:frame") this.heard(event.detail)
    else if (event.type === "click") this.choose(event.target.closest("[data-take]")?.dataset.take)
    else if (event.type.startsWith("htmx:") && event.target !== this.form) event.type === "htmx:afterRequest" && event.target.contains(this.form) && this.again()
    else if (event.type === "submit" && event.submitter?.matches("[data-discard]")) this.drop()
    else if (event.type === "submit") this.mark(this.address && !this.isEditing ? { unsent: true } : { sent: true })
    else if (event.type === "htmx:beforeRequest") this.hold()
    // What was edited takes the place of its form, which hears nothing afterwards.
    else if (event.type === "htmx:beforeOnLoad") this.isEditing && event.detail.xhr.status < 300 && !event.detail.xhr.getResponseHeader("Signed-Out") && this.done()
    else if (event.type === "htmx:afterRequest") arrived(event.detail) && this.done()
    else if (event.type.startsWith("htmx:")) this.sending = false
    else if (!this.putting) this.changed(event)
  }

  // --- on this device

  changed(event) {
    const { source, key } = this.form.elements
    // A composer that could not be loaded leaves the plain field: what is typed there is all there is.
    if (source?.disabled && event.isTrusted && event.target === this.form.elements.body) source.value = ""
    // Words from another device may be sent there too; changed here, they are words of their own.
    if (this.restored && key) key.value = newKey()
    this.restored = false
    this.keep()
    this.wait()
  }

  keep(more) {
    const fields = fieldsOf(this.form)
    write(this.key, isEmpty(fields) && !this.version ? null : { fields, base: this.version, dirty: true, key: this.form.elements.key?.value, at: Date.now(), ...more })
  }

  mark(more) {
    if (!isEmpty(fieldsOf(this.form))) this.keep(more)
  }

  put(fields) {
    this.putting = true
    put(this.form, fields)
    this.putting = false
    if (fields.source) this.querySelector("rich-composer")?.begin?.()
  }

  recall() {
    if (!this.form) return
    const here = fieldsOf(this.form), kept = this.kept()
    this.restored = Boolean(this.version)
    this.known = this.version || this.isEditing ? here : { title: "", body: "", source: "" }
    if (this.hasAttribute("given")) {
      this.restored = false // what this page has just sent, given back
      this.keep()
      return this.wait()
    }
    if (!kept) return
    if (this.acknowledged(kept) || (this.address && !kept.dirty)) return write(this.key, null)
    if (this.address ? isSame(kept.fields, here) : !isEmpty(here)) return
    const theirs = { version: this.version, fields: here, at: this.form.elements.draft?.dataset.at, key: this.form.elements.key?.value }
    this.restored = false
    this.put(kept.fields)
    if (kept.key && this.form.elements.key) this.form.elements.key.value = kept.key
    if (kept.unsent) this.form.dataset.unsent = "" // for send-again, which may not be there yet
    if (this.version && kept.base !== this.version) return this.offer(theirs)
    if (this.address) this.wait()
  }

  // The server gave another form back in the place of this one, with what was sent in it.
  again() {
    this.sending = false
    this.setAttribute("given", "")
    this.recall()
  }

  // A member goes on with what they wrote before they came in.
  kept() {
    const mine = read(this.key)
    if (mine || this.key === this.place) return mine
    const before = read(this.place)
    write(this.place, null)
    if (!before || this.acknowledged(before)) return null
    write(this.key, { ...before, base: 0, dirty: true })
    return read(this.key)
  }

  acknowledged({ sent, fields }) {
    if (document.querySelector(`[data-draft-done="${CSS.escape(this.place)}"]`)) return true
    if (!sent) return false
    const words = bare(fields.body ?? "")
    return [...document.querySelectorAll("[data-words], .post__body")].some(place => bare(place.textContent).includes(words))
  }

  // --- on the server

  wait(milliseconds = PAUSE) {
    if (!this.address) return
    clearTimeout(this.pause)
    this.pause = setTimeout(() => this.save(), milliseconds)
  }

  async save({ keepalive = false } = {}) {
    clearTimeout(this.pause)
    if (this.sending || this.newer || !this.isConnected) return
    const fields = fieldsOf(this.form)
    if (isSame(fields, this.known) && !read(this.key)?.dirty) return
    if (isEmpty(fields) && !this.version) return
    if (this.saving) return this.wait()
    const told = new FormData(this.form)
    told.set("source", fields.source ?? "")
    told.set("hand", this.hand)
    this.saving = true
    this.underway = fetch(this.address, { method: "POST", body: told, keepalive, headers: { Accept: "application/json" } })
    try {
      this.saved(await this.underway, fields)
    } catch {
      this.say("offline")
    }
    this.saving = false
  }

  async saved(answer, fields) {
    if (answer.status === 409) return this.offer(await answer.json())
    if (answer.status === 413) return this.say("large")
    if (answer.status === 404) return this.say("") // its place is gone, or shut: what is here stays here
    if (!answer.ok || answer.redirected) return this.wait(LATER)
    const { version, sent } = await answer.json()
    if (sent) return this.gone()
    if (this.sending || !this.isConnected) return
    this.version = version
    this.known = fields
    const now = fieldsOf(this.form)
    if (!isSame(now, fields)) return this.wait()
    write(this.key, version ? { ...read(this.key), fields, base: version, dirty: false, at: Date.now() } : null)
    this.say(version ? "saved" : "")
  }

  leave() {
    this.left = Date.now()
    const fields = fieldsOf(this.form)
    if (read(this.key)?.dirty && JSON.stringify(fields).length < LARGEST_AT_THE_DOOR / 3) this.save({ keepalive: true })
  }

  // Back on a page that stood open: another device may have gone on.
  look() {
    if (!this.left || Date.now() - this.left < AWAY) return
    this.left = 0
    if (read(this.key)?.dirty || this.newer || this.sending) this.save()
    else this.ask()
  }

  // Something of one's own was said here, perhaps these words, from another device.
  heard({ kind, html }) {
    if (kind === "post" && this.version && !this.sending && html?.includes(`data-author="${this.getAttribute("me")}"`)) this.ask()
  }

  // Where nothing was changed here since, what stands on the server stands here too; what was sent or discarded is gone.
  async ask() {
    const theirs = await fetch(this.address, { headers: { Accept: "application/json" } }).then(answer => answer.ok && !answer.redirected ? answer.json() : null, () => null)
    if (!theirs || theirs.version === this.version || this.sending || read(this.key)?.dirty) return
    if (theirs.version) this.take(theirs)
    else if (!this.isEditing) this.gone()
  }

  take({ version, fields, key }) {
    this.put(fields)
    this.version = version
    this.known = fieldsOf(this.form)
    if (this.form.elements.key) this.form.elements.key.value = key ?? ""
    this.restored = true
    write(this.key, null)
    this.say("swapped")
  }

  // --- two devices

  offer(theirs) {
    const box = this.querySelector("[data-newer]")
    this.newer = theirs
    this.say("") // what was said last, that the words are kept, is not true of these
    if (!box) return
    const { title, body } = theirs.fields ?? {}
    box.querySelector("[data-newer-words]").textContent = [title, body].filter(Boolean).join("　").slice(0, 200)
    if (theirs.at) tellTime(box.querySelector("[data-newer-at]"), new Date(theirs.at))
    box.hidden = false
  }

  choose(which) {
    if (!which || !this.newer) return
    const theirs = this.newer
    this.newer = null
    this.querySelector("[data-newer]").hidden = true
    if (which === "theirs") this.take(theirs)
    else {
      this.version = theirs.version
      this.keep()
      this.save()
    }
    this.form.elements.body?.focus()
  }

  // --- sending

  hold() {
    this.sending = true
    clearTimeout(this.pause)
  }

  done() {
    clearTimeout(this.pause)
    this.sending = false
    this.version = 0
    this.known = { title: "", body: "", source: "" }
    write(this.key, null)
    this.say("")
  }

  // Not wanted any more: nothing is kept on this device. The form that is sent says so to the server.
  drop() {
    this.hold()
    write(this.key, null)
  }

  // The same where no form is sent. A save that is under way comes first, and goes with it.
  async discard() {
    this.drop()
    await this.underway?.catch(() => {})
    fetch(this.address, { method: "DELETE", keepalive: true }).catch(() => {})
  }

  // It had arrived after all, only its answer was lost.
  gone() {
    this.put({ title: "", body: "", source: "" })
    if (this.form.elements.key) this.form.elements.key.value = ""
    this.done()
    this.form.dispatchEvent(new CustomEvent("draft:sent"))
  }

  say(what) {
    const note = this.querySelector("[data-kept]")
    if (!note) return
    note.textContent = what ? note.dataset[what] : ""
    note.hidden = !what
  }
})
