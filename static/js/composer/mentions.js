// “@” or “＠” and the beginning of a name: the people one may mean. Never while an input method is composing: its letters
// are not words yet, and a list that opens or chooses under it would double them.
import { Extension, Plugin } from "../../django_prose_editor/editor.js";

const PAUSE = 160
let lists = 0
// After a letter or digit of the Latin kind an @ is part of a mail address; after Han letters a name begins at once.
const BEGUN = /(?:^|[^\x21-\x7e])[@＠]([\p{L}\p{M}\p{N}_.-]{0,20})$/u

export function mentions({ address, box }) {
  if (!address || !box) return Extension.create({ name: "people" })
  return Extension.create({
    name: "people",
    addProseMirrorPlugins() {
      const list = new People(this.editor, address, box)
      return [new Plugin({
        view: () => ({ update: view => list.look(view), destroy: () => list.close() }),
        props: {
          handleKeyDown: (view, event) => !event.isComposing && event.keyCode !== 229 && !view.composing && list.press(event),
          handleDOMEvents: { compositionstart: () => list.close() && false, compositionend: view => { setTimeout(() => list.look(view)) }, blur: () => { setTimeout(() => list.close(), 150) } },
        },
      })]
    },
  })
}

class People {
  constructor(editor, address, box) {
    Object.assign(this, { editor, address, box, at: 0, asked: null })
    box.id = `people-${++lists}`
    box.addEventListener("mousedown", event => event.preventDefault())
    box.addEventListener("click", event => this.choose(event.target.closest("[role=option]")))
  }

  look(view) {
    if (view.composing || !view.hasFocus()) return
    const { $from, empty } = view.state.selection
    const before = $from.parent.textBetween(0, $from.parentOffset, "\n", "\ufffc")
    const found = empty && $from.parent.isTextblock && BEGUN.exec(before)
    if (!found) return this.close()
    const words = found[1]
    this.range = { from: $from.pos - words.length - 1, to: $from.pos }
    if (this.asked === words) return
    this.asked = words
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => this.ask(words), PAUSE)
  }

  async ask(words) {
    this.asking?.abort()
    this.asking = new AbortController()
    try {
      const answer = await fetch(`${this.address}?q=${encodeURIComponent(words)}`, { headers: { "HX-Request": "true" }, signal: this.asking.signal })
      if (answer.ok && this.asked === words && !this.editor.view.composing) this.show(await answer.text())
    } catch {
      // Asked anew meanwhile, or no network: the name stays as it was typed.
    }
  }

  show(markup) {
    this.box.replaceChildren(document.createRange().createContextualFragment(markup))
    this.box.hidden = !this.options.length
    this.mark(0)
  }

  get options() {
    return [...this.box.querySelectorAll("[role=option]")]
  }

  mark(at) {
    const { options } = this, dom = this.editor.view.dom
    this.at = (at + options.length) % (options.length || 1)
    options.forEach((option, place) => option.setAttribute("aria-selected", place === this.at))
    if (options.length) {
      dom.setAttribute("aria-controls", this.box.id)
      dom.setAttribute("aria-activedescendant", options[this.at].id)
    }
    options[this.at]?.scrollIntoView({ block: "nearest" })
  }

  press(event) {
    if (this.box.hidden) return false
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) this.mark(this.at + step)
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey || event.key === "Tab") this.choose(this.options[this.at])
    else if (event.key === "Escape") this.close(true)
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  choose(option) {
    if (!option) return
    const { mention: id, name: label } = option.dataset
    this.close()
    this.editor.chain().focus().insertContentAt(this.range, [{ type: "mention", attrs: { id, label } }, { type: "text", text: " " }]).run()
  }

  close(forNow) {
    clearTimeout(this.waiting)
    this.asking?.abort()
    if (!forNow) this.asked = null
    this.box.hidden = true
    this.box.replaceChildren() // another composer may name the same people
    // The field may have left the page by now: it is closed a moment after it lost its focus.
    if (!this.editor.isDestroyed) for (const name of ["controls", "activedescendant"]) this.editor.view.dom.removeAttribute(`aria-${name}`)
    return true
  }
}
