// <search-suggest address="/forum/search/suggestions/"><input type="search" name="q"></search-suggest>: what one may mean.
//
// Nothing is asked while an input method is composing, nor for one letter of a word; a late answer never replaces a newer one.
const PAUSE = 180

customElements.define("search-suggest", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input[type=search]")
    if (!this.field || !this.getAttribute("address")) return
    this.list = document.createElement("div")
    this.list.className = "suggest"
    this.list.hidden = true
    this.append(this.list)
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
    this.list.replaceChildren(document.createRange().createContextualFragment(markup))
    this.list.hidden = !this.links.length || !this.contains(document.activeElement)
  }

  get links() {
    return [...this.list.querySelectorAll("a")]
  }

  press(event) {
    if (event.isComposing || this.list.hidden) return
    if (event.key === "Escape") {
      event.preventDefault()
      this.field.focus()
      return this.close()
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const places = [this.field, ...this.links]
    const at = places.indexOf(document.activeElement)
    places[(at + step + places.length) % places.length].focus()
  }

  close() {
    clearTimeout(this.waiting)
    this.asking?.abort()
    if (this.list) this.list.hidden = true
  }
})
