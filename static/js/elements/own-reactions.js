// <own-reactions mine='{"12": "coffee"}'>…posts…</own-reactions>: lights what this reader chose. The posts themselves are
// alike for everyone, so that they can be rendered once; what is one's own is only said here.
import { refusal } from "../refused.js";

customElements.define("own-reactions", class extends HTMLElement {
  connectedCallback() {
    this.mine = JSON.parse(this.getAttribute("mine") || "{}")
    for (const type of ["htmx:beforeSwap", "htmx:beforeRequest", "htmx:responseError", "htmx:sendError"]) {
      this.addEventListener(type, this)
    }
    this.watcher = new MutationObserver(() => this.light())
    this.watcher.observe(this, { childList: true, subtree: true })
    this.light()
  }

  disconnectedCallback() {
    this.watcher.disconnect()
  }

  handleEvent({ type, target, detail }) {
    // Told on the post, which stays: the form that asked may already have been renewed by the frame that tells everyone.
    if (type === "htmx:beforeRequest") return this.guess(target, detail.requestConfig.parameters)
    const post = detail.requestConfig.elt.dataset?.post
    if (post && type === "htmx:sendError") this.lost(post)
    else if (post && detail.xhr.status >= 400) this.refuse(post, detail)
    else if (type === "htmx:beforeSwap") Object.assign(this.mine, JSON.parse(detail.xhr.getResponseHeader("Own-Reaction") || "{}"))
    this.light()
  }

  // The post stays as it is; why it was refused stands below it, where a reason was told.
  refuse(post, detail) {
    detail.shouldSwap = false
    const why = refusal(detail.xhr)
    if (why) document.getElementById(`post-${post}-acts`)?.replaceChildren(why)
  }

  // It was put back; why is said in a place that is there already.
  lost(post) {
    const note = Object.assign(document.createElement("p"), { className: "notice", textContent: this.dataset.lost })
    note.setAttribute("role", "alert")
    document.getElementById(`post-${post}-acts`)?.replaceChildren(note)
  }

  light() {
    for (const form of this.querySelectorAll("form[data-post]")) {
      for (const button of form.elements) this.press(button, button.value === this.mine[form.dataset.post])
    }
  }

  // At once, before the server has answered; a refusal puts it back.
  guess(form, { kind }) {
    const post = form.dataset?.post
    if (!post) return
    for (const button of form.elements) this.press(button, button.value === kind && this.mine[post] !== kind)
  }

  press(button, isPressed) {
    if (button.name === "kind") button.setAttribute("aria-pressed", isPressed)
  }
})
