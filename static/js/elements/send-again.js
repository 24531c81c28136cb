// <send-again hidden>…<button>Send it again</button></send-again> in a form that htmx sends: what did not arrive is kept in
// its field and goes out again as soon as there is a line, and once only, by its key. Meanwhile one's own words stand
// where they will stand ([data-ghost]). Whoever goes on writing sends by hand.
import { arrived } from "../drafts.js";
import { because } from "../refused.js";

const PATIENCE = [3_000, 10_000, 30_000, 60_000]
const lost = xhr => !xhr || xhr.status === 0 || xhr.status >= 500

customElements.define("send-again", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form")
    this.tries = 0
    for (const type of ["htmx:beforeRequest", "htmx:afterRequest", "htmx:sendError", "htmx:timeout", "htmx:responseError", "input", "draft:sent"]) {
      this.form.addEventListener(type, this)
    }
    this.querySelector("button").addEventListener("click", () => this.send())
    addEventListener("online", this)
    document.addEventListener("live:frame", this)
    if ("unsent" in this.form.dataset) this.show(false)
  }

  disconnectedCallback() {
    clearTimeout(this.timer)
    this.ghost?.remove()
    removeEventListener("online", this)
    document.removeEventListener("live:frame", this)
  }

  handleEvent(event) {
    if (event.type === "online") this.waits && this.send()
    else if (event.type === "live:frame") this.arrived(event.detail)
    else if (event.type === "draft:sent") this.end()
    else if (event.type === "input") this.stay()
    else if (event.target !== this.form) return
    else if (event.type === "htmx:beforeRequest") this.begin()
    else if (event.type === "htmx:afterRequest") this.hear(event.detail)
    else if (event.type !== "htmx:responseError" || lost(event.detail.xhr)) this.lose()
  }

  // Refused: what was written stays, and says that it did not go, and why if that was told.
  hear(detail) {
    if (arrived(detail)) return this.end()
    if (lost(detail.xhr)) return
    this.end()
    this.show(false, because(detail.xhr))
  }

  begin() {
    clearTimeout(this.timer)
    this.hidden = true
    const frame = this.form.querySelector("template[data-ghost]"), posts = document.querySelector(this.form.getAttribute("hx-target"))
    this.ghost?.remove()
    if (!frame || !posts || !this.closest("thread-reader")?.hasAttribute("open")) return
    this.ghost = frame.content.firstElementChild.cloneNode(true)
    this.ghost.querySelector("[data-words]").textContent = this.form.elements.body.value
    posts.append(this.ghost)
    this.ghost.scrollIntoView({ block: "nearest" })
  }

  lose() {
    this.ghost?.remove()
    this.waits = true
    this.show(true)
    clearTimeout(this.timer)
    this.timer = setTimeout(() => navigator.onLine && this.send(), PATIENCE[Math.min(this.tries++, PATIENCE.length - 1)])
  }

  show(isWaiting, why = "") {
    const told = { waiting: isWaiting, left: !isWaiting && !why, why: Boolean(why) }
    for (const [name, isTold] of Object.entries(told)) this.querySelector(`[data-${name}]`).hidden = !isTold
    this.querySelector("[data-reason]").textContent = why
    this.hidden = false
  }

  // Words that are being changed are not sent from under the hand.
  stay() {
    clearTimeout(this.timer)
    this.waits = false
  }

  send() {
    clearTimeout(this.timer)
    if (this.form.elements.body.value.trim()) this.form.requestSubmit()
  }

  end() {
    clearTimeout(this.timer)
    this.ghost?.remove()
    this.waits = false
    this.tries = 0
    this.hidden = true
  }

  arrived({ kind, html }) {
    const me = this.closest("thread-reader")?.getAttribute("me")
    if (this.ghost && kind === "post" && html?.includes(`data-author="${me}"`)) this.ghost.remove()
  }
})
