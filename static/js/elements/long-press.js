// <long-press>…posts…</long-press>: whoever rests a finger on a reaction, or asks for its menu, is shown who gave it. The same
// list is behind the link beside the reactions, for the keyboard and for everyone.
const REST = 500

customElements.define("long-press", class extends HTMLElement {
  connectedCallback() {
    for (const type of ["pointerdown", "pointerup", "pointercancel", "pointermove", "contextmenu"]) {
      this.addEventListener(type, this)
    }
    this.addEventListener("click", event => this.click(event), { capture: true })
  }

  handleEvent(event) {
    const button = event.target.closest?.(".post__reactions button[name=kind]")
    if (event.type === "pointerdown") {
      if (button && event.isPrimary && event.button === 0) this.begin(button, event)
    } else if (event.type === "contextmenu") {
      if (button && this.open(button)) event.preventDefault()
    } else if (event.type !== "pointermove" || this.hasMoved(event)) clearTimeout(this.wait)
  }

  begin(button, { clientX, clientY }) {
    this.from = [clientX, clientY]
    this.opened = false
    clearTimeout(this.wait)
    // The click that ends the press is then no reaction.
    this.wait = setTimeout(() => { this.opened = this.open(button) }, REST)
  }

  hasMoved({ clientX, clientY }) {
    return Math.hypot(clientX - this.from?.[0], clientY - this.from?.[1]) > 10
  }

  // By finger or by the browser's own menu key or button; whichever comes second finds it open.
  open(button) {
    clearTimeout(this.wait)
    const post = button.closest(".post"), who = post.querySelector(".post__who")
    if (!who || !window.htmx) return false
    if (!this.opened) {
      const address = `${who.getAttribute("href")}?kind=${encodeURIComponent(button.value)}`
      window.htmx.ajax("GET", address, { target: `#${post.id}-acts`, swap: "innerHTML" })
    }
    return true
  }

  click(event) {
    if (!this.opened) return
    this.opened = false
    if (!event.target.closest(".post__reactions button[name=kind]")) return
    event.preventDefault()
    event.stopPropagation()
  }
})
