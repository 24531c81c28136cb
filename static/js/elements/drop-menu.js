// <drop-menu><details>…</details></drop-menu>: closes on Escape, and when one turns elsewhere.
customElements.define("drop-menu", class extends HTMLElement {
  connectedCallback() {
    this.elsewhere = event => { if (!this.contains(event.target)) this.close() }
    document.addEventListener("click", this.elsewhere)
    this.addEventListener("keydown", event => { if (event.key === "Escape") this.close({ focus: true }) })
    this.addEventListener("focusout", event => { if (event.relatedTarget && !this.contains(event.relatedTarget)) this.close() })
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.elsewhere)
  }

  close({ focus = false } = {}) {
    const details = this.querySelector("details[open]")
    if (!details) return
    details.open = false
    if (focus) details.querySelector("summary").focus()
  }
})
