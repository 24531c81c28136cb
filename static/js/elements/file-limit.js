// <file-limit most="bytes" said="Too large"><input type="file"><p hidden></p><button></file-limit>
// A file that would be refused is refused here, before minutes are spent sending it.
customElements.define("file-limit", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", () => this.look())
    this.look()
  }

  look() {
    const field = this.querySelector("input[type=file]"), note = this.querySelector("p[role=alert]")
    const large = [...field?.files ?? []].some(file => file.size > Number(this.getAttribute("most")))
    note.textContent = large ? this.getAttribute("said") : ""
    note.hidden = !large
    this.querySelector("button").disabled = large
  }
})
