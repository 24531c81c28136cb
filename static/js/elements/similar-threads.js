// <similar-threads address="/forum/search/similar/"><input name="title">…<p role="status" data-said></p><div data-place></div>
// What may be answered already, while somebody still finds a title for it. Nothing is asked while an input method is
// composing, and a late answer never replaces a newer one; how many there are is said, the list waits to be read.
const PAUSE = 500, SHORTEST = 2

customElements.define("similar-threads", class extends HTMLElement {
  connectedCallback() {
    for (const kind of ["input", "compositionstart", "compositionend"]) this.addEventListener(kind, this)
    if (this.words.length >= SHORTEST) this.wait()
  }

  disconnectedCallback() {
    clearTimeout(this.waiting)
    this.asking?.abort()
  }

  get words() {
    return [...this.querySelector("input[name=title]").value.trim()]
  }

  handleEvent(event) {
    this.composing = event.type === "compositionstart" || (event.type === "input" && event.isComposing)
    clearTimeout(this.waiting)
    if (!this.composing) this.wait()
  }

  wait() {
    this.waiting = setTimeout(() => this.ask(), PAUSE)
  }

  async ask() {
    const words = this.words.join("")
    if (this.composing || words === this.asked) return
    this.asked = words
    this.asking?.abort()
    if (this.words.length < SHORTEST) return this.show("")
    this.asking = new AbortController()
    try {
      const answer = await fetch(`${this.getAttribute("address")}?q=${encodeURIComponent(words)}`, { headers: { "HX-Request": "true" }, signal: this.asking.signal })
      if (answer.ok && !answer.redirected) this.show(await answer.text())
    } catch {
      // Asked anew meanwhile, or no network: a title needs no help.
    }
  }

  show(markup) {
    const found = document.createRange().createContextualFragment(markup).firstElementChild
    const said = this.querySelector("[data-said]"), place = this.querySelector("[data-place]")
    place.replaceChildren(...found?.dataset.said ? [found] : [])
    if (said.textContent !== (found?.dataset.said ?? "")) said.textContent = found?.dataset.said ?? ""
  }
})
