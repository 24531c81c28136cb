// <undo-bar seconds="10"><form>…</form></undo-bar>: offers the way back for a while, longer for whoever is on the button; then
// it goes. The way back stays open elsewhere, so that nobody who reads slowly has lost anything.
customElements.define("undo-bar", class extends HTMLElement {
  connectedCallback() {
    this.seconds = Number(this.getAttribute("seconds"))
    this.style.setProperty("--lasts", `${this.seconds}s`)
    this.addEventListener("htmx:afterRequest", event => event.detail.successful && this.remove())
    this.addEventListener("keydown", event => { if (event.key === "Escape" && !event.isComposing) this.remove() })
    this.querySelector("button")?.focus({ preventScroll: true })
    this.wait = setTimeout(() => this.remove(), this.seconds * 1000)
  }

  disconnectedCallback() {
    clearTimeout(this.wait)
  }
})
