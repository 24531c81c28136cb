// What the bar asks for: the address of a link, and which of the little pictures.
import { address } from "./schema.js";

export class Ask {
  constructor(bar, editor) {
    this.bar = bar
    this.editor = editor
    this.linkBox = bar.querySelector("[data-link]")
    this.emojiBox = bar.querySelector("[data-emoji]")
    this.field = this.linkBox.querySelector("input")
    this.linkBox.addEventListener("click", event => this.clicked(event))
    this.emojiBox.addEventListener("click", event => this.chosen(event.target.closest("button")))
    for (const box of [this.linkBox, this.emojiBox]) box.addEventListener("keydown", event => this.press(event))
  }

  link(button) {
    if (this.toggle(this.linkBox, button)) return
    this.field.value = this.editor.getAttributes("link").href ?? ""
    this.linkBox.querySelector("[data-unlink]").hidden = !this.editor.isActive("link")
    this.field.focus()
    this.field.select()
  }

  emoji(button) {
    if (!this.toggle(this.emojiBox, button)) this.emojiBox.querySelector("button").focus()
  }

  // Opens one, closes the other; true when it was open and is closed now.
  toggle(box, button) {
    const wasOpen = !box.hidden
    this.close()
    if (wasOpen) this.editor.commands.focus()
    else {
      box.hidden = false
      this.opener = button
      button.setAttribute("aria-expanded", "true")
    }
    return wasOpen
  }

  close() {
    for (const box of [this.linkBox, this.emojiBox]) box.hidden = true
    this.linkBox.querySelector("[role=alert]").hidden = true
    this.opener?.setAttribute("aria-expanded", "false")
  }

  press(event) {
    if (event.isComposing || event.keyCode === 229) return
    if (event.key === "Escape") {
      event.preventDefault()
      event.stopPropagation()
      this.close()
      this.editor.commands.focus()
    } else if (event.key === "Enter" && event.target === this.field) {
      event.preventDefault()
      event.stopPropagation()
      this.setLink()
    } else if (this.emojiBox.contains(event.target)) this.step(event)
  }

  step(event) {
    const all = [...this.emojiBox.querySelectorAll("button")], at = all.indexOf(document.activeElement)
    const row = Math.max(1, all.findIndex(each => each.offsetTop > all[0].offsetTop))
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: row, ArrowUp: -row }[event.key]
    if (!by || !all[at + by]) return
    event.preventDefault()
    all[at + by].focus()
  }

  clicked(event) {
    const button = event.target.closest("button")
    if (!button) return
    if (button.hasAttribute("data-unlink")) {
      this.close()
      this.editor.chain().focus().extendMarkRange("link").unsetMark("link").run()
    } else this.setLink()
  }

  setLink() {
    const href = address(this.field.value)
    if (!href) {
      this.linkBox.querySelector("[role=alert]").hidden = false
      return this.field.focus()
    }
    this.close()
    const { empty } = this.editor.state.selection
    const chain = this.editor.chain().focus()
    if (this.editor.isActive("link")) chain.extendMarkRange("link").setMark("link", { href }).run()
    else if (empty) chain.insertContent([{ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }, { type: "text", text: " " }]).run()
    else chain.setMark("link", { href }).run()
  }

  chosen(button) {
    if (!button) return
    this.close()
    this.editor.chain().focus().insertContent(button.value).run()
  }
}
