// <typing-note topic="thread.12" me="7" tells data-one="{name} …" data-many="{count} …" data-some="…"> in a dock:
// says who writes there just now, and with `tells` lets others know that its reader does: that somebody writes, never what.
import { say, watch } from "../live.js";

const AGAIN = 3000 // the server forgets after twice that time

customElements.define("typing-note", class extends HTMLElement {
  connectedCallback() {
    this.topic = this.getAttribute("topic")
    this.told = 0
    this.stop = watch(this.topic, null, (frame) => frame.kind === "typing" && this.show(frame))
    this.field = this.hasAttribute("tells") ? this.parentElement : null
    // While an input method composes there is no text yet, but somebody writes.
    for (const type of ["input", "compositionupdate", "htmx:afterRequest"]) this.field?.addEventListener(type, this)
  }

  disconnectedCallback() {
    this.over()
    this.stop()
    for (const type of ["input", "compositionupdate", "htmx:afterRequest"]) this.field?.removeEventListener(type, this)
  }

  handleEvent({ type, target, data, detail, isTrusted }) {
    if (type === "htmx:afterRequest") return detail.successful && this.over()
    // What was kept is put back by scripts; only hands write.
    const words = isTrusted && target.closest("textarea, [contenteditable='true']")
    if (!words) return
    const isEmpty = !(words.value ?? words.textContent).trim() && !(type === "compositionupdate" && data)
    isEmpty ? this.over() : this.tell()
  }

  tell() {
    const now = Date.now()
    if (now - this.told > AGAIN && say(this.topic, { typing: this.topic })) this.told = now
  }

  over() {
    if (this.told) say(this.topic, { typing: this.topic, over: true })
    this.told = 0
  }

  show({ count, people = [] }) {
    const others = people.filter(({ id }) => String(id) !== this.getAttribute("me"))
    const many = count - people.length + others.length
    const { one, some, many: more } = this.dataset
    if (many < 1) this.textContent = ""
    else if (many === 1) this.textContent = others.length ? one.replace("{name}", () => others[0].name) : some
    else this.textContent = more.replace("{count}", many.toLocaleString(document.documentElement.lang))
  }
})
