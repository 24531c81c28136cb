// <tag-field><input name="tags">…<button data-tag="手沖">…</tag-field>: a press gives or takes back one of the offered tags.
const parts = text => text.split(/[,，、;；#＃\n]+/).map(part => part.trim()).filter(Boolean)

customElements.define("tag-field", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this)
    this.addEventListener("input", this)
    this.light()
  }

  get field() {
    return this.querySelector("input")
  }

  handleEvent({ type, target }) {
    const tag = type === "click" && target.closest("[data-tag]")?.dataset.tag
    if (tag) {
      const chosen = parts(this.field.value)
      this.field.value = (chosen.includes(tag) ? chosen.filter(each => each !== tag) : [...chosen, tag]).join("、")
    }
    this.light()
  }

  light() {
    const chosen = parts(this.field.value)
    for (const chip of this.querySelectorAll("[data-tag]")) chip.setAttribute("aria-pressed", chosen.includes(chip.dataset.tag))
  }
})
