// <copy-button from="id-of-a-field-or-text" done="Copied"><button type="button" hidden>Copy</button></copy-button>
// The button shows itself only where it can work.
customElements.define("copy-button", class extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button")
    if (!button || !navigator.clipboard) return
    button.hidden = false
    button.addEventListener("click", async () => {
      const from = document.getElementById(this.getAttribute("from"))
      await navigator.clipboard.writeText(this.getAttribute("text") ?? from?.value ?? from?.textContent ?? "")
      const before = button.textContent
      button.textContent = this.getAttribute("done")
      setTimeout(() => { button.textContent = before }, 2000)
    })
  }
})
