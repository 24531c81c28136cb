// <search-suggest address="/forum/search/suggestions/"><input type="search" name="q"></search-suggest>: what one may mean.
//
// A combobox: the focus stays in the field, arrows walk through the list, Enter goes there, Escape closes it.
// Nothing is asked while an input method is composing, nor for one letter of a word; a late answer never replaces a newer one.
const PAUSE = 180
let lists = 0

customElements.define("search-suggest", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input[type=search]")
    if (!this.field || !this.getAttribute("address") || this.list) return
    this.list = document.createElement("div")
    this.list.className = "suggest"
    this.list.hidden = true
    this.list.addEventListener("mousedown", event => event.preventDefault()) // a press there is not a farewell to the field
    this.append(this.list)
    this.name = `suggest-${++lists}`
    this.tell({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-haspopup": "listbox" })
    for (const kind of ["input", "compositionstart", "compositionend", "keydown", "focusout"]) this.addEventListener(kind, this)
  }

  disconnectedCallback() {
    clearTimeout(this.waiting)
    this.asking?.abort()
  }

  handleEvent(event) {
    if (event.type === "compositionstart") this.stop()
    else if (event.type === "keydown") this.press(event)
    else if (event.type === "focusout") { if (!this.contains(event.relatedTarget)) this.close() }
    else if (!event.isComposing || event.type === "compositionend") this.wait()
  }

  stop() {
    this.composing = true
    clearTimeout(this.waiting)
    this.asking?.abort()
  }

  wait() {
    this.composing = false
    clearTimeout(this.waiting)
    this.asking?.abort()
    this.waiting = setTimeout(() => this.ask(), PAUSE)
  }

  async ask() {
    const words = this.field.value.trim()
    if (this.composing || [...words].length < 2) return this.close()
    this.asking = new AbortController()
    try {
      const address = `${this.getAttribute("address")}?q=${encodeURIComponent(words)}`
      const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: this.asking.signal })
      if (answer.ok) this.show(await answer.text())
    } catch {
      // Asked anew meanwhile, or no network: Enter still searches.
    }
  }

  show(markup) {
    const list = document.createRange().createContextualFragment(markup).querySelector("ul")
    const links = [...list.querySelectorAll("a")]
    if (!links.length || !this.contains(document.activeElement)) return this.close()
    list.id = this.name
    list.setAttribute("role", "listbox")
    list.setAttribute("aria-label", this.field.getAttribute("aria-label") ?? "")
    links.forEach((link, at) => {
      link.id = `${this.name}-${at}`
      link.tabIndex = -1
      link.setAttribute("role", "option")
      link.parentElement.setAttribute("role", "none")
    })
    this.list.replaceChildren(list)
    this.list.hidden = false
    this.tell({ "aria-expanded": "true", "aria-controls": this.name })
    this.choose(null)
  }

  get links() {
    return this.list.hidden ? [] : [...this.list.querySelectorAll("a")]
  }

  choose(chosen) {
    this.chosen = chosen
    for (const link of this.links) link.setAttribute("aria-selected", link === chosen)
    this.tell({ "aria-activedescendant": chosen?.id })
    chosen?.scrollIntoView({ block: "nearest" })
  }

  press(event) {
    if (event.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (this.list.hidden) {
      if (step === 1) this.ask()
    } else if (event.key === "Escape") {
      event.preventDefault()
      this.close()
    } else if (event.key === "Enter" && this.chosen) {
      event.preventDefault()
      this.chosen.click()
    } else if (step) {
      event.preventDefault()
      const places = [null, ...this.links] // none of them: what was typed itself
      this.choose(places[(places.indexOf(this.chosen) + step + places.length) % places.length])
    }
  }

  close() {
    clearTimeout(this.waiting)
    this.asking?.abort()
    if (this.list.hidden) return
    this.list.hidden = true
    this.chosen = null
    this.tell({ "aria-expanded": "false", "aria-controls": null, "aria-activedescendant": null })
  }

  tell(attributes) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value) this.field.setAttribute(name, value)
      else this.field.removeAttribute(name)
    }
  }
})
