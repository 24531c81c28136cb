// <grow-field><textarea></textarea></grow-field>: as tall as its words. Browsers that can do it in CSS are left alone.
customElements.define("grow-field", class extends HTMLElement {
  connectedCallback() {
    if (CSS.supports("field-sizing", "content")) return
    this.addEventListener("input", () => this.grow())
    this.grow()
  }

  grow() {
    const field = this.querySelector("textarea")
    if (!field) return
    field.style.blockSize = "auto"
    field.style.blockSize = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`
  }
})
