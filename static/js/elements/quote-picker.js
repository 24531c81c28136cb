// <quote-picker><button hidden>Quote</button></quote-picker> in a thread-reader: select some words of a post, and they can
// be put into what one is writing, with the way back to where they stand; q does the same, whatever the input method.
const LONGEST = 1000
const GAP = 8
const KEYS = new Set(["q", "ㄆ"])

const bare = words => words.replace(/\s+/g, "")

// What is chosen of these words. Three clicks choose a paragraph up to where the next one begins, which is not meant.
function within(body, chosen) {
  const range = chosen.getRangeAt(0).cloneRange()
  if (body.contains(range.endContainer)) return range
  range.setEnd(body, body.childNodes.length)
  return bare(range.toString()) === bare(chosen.toString()) ? range : null
}

customElements.define("quote-picker", class extends HTMLElement {
  connectedCallback() {
    this.page = this.closest("thread-reader")
    this.button = this.querySelector("button")
    this.look = () => {
      clearTimeout(this.waiting)
      this.waiting = setTimeout(() => this.offer(), 200)
    }
    document.addEventListener("selectionchange", this.look)
    this.press = event => this.pressed(event)
    document.addEventListener("keydown", this.press)
    this.addEventListener("pointerdown", event => event.preventDefault())
    this.addEventListener("click", () => this.quote())
  }

  disconnectedCallback() {
    document.removeEventListener("selectionchange", this.look)
    document.removeEventListener("keydown", this.press)
    clearTimeout(this.waiting)
  }

  // The post whose words are selected, and only its own words.
  selected() {
    const chosen = getSelection()
    if (!chosen.rangeCount || chosen.isCollapsed) return null
    const at = chosen.getRangeAt(0).startContainer
    const body = (at.nodeType === 1 ? at : at.parentElement)?.closest(".post__body")
    const post = body?.closest(".post[data-number]")
    if (!post || body.isContentEditable || !this.page.contains(post)) return null
    const range = within(body, chosen), words = chosen.toString().trim()
    return range && words ? { post: post.id.replace("post-", ""), words: words.slice(0, LONGEST), range } : null
  }

  offer() {
    const found = this.selected()
    this.button.hidden = !found
    this.found = found
    if (!found) return
    const box = found.range.getBoundingClientRect()
    const below = box.bottom + GAP + this.button.offsetHeight < innerHeight
    this.button.style.insetBlockStart = `${below ? box.bottom + GAP : Math.max(GAP, box.top - GAP - this.button.offsetHeight)}px`
    this.button.style.insetInlineStart = `${Math.max(GAP, Math.min(box.left, innerWidth - this.button.offsetWidth - GAP))}px`
  }

  pressed(event) {
    if (!KEYS.has(event.key) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return
    if (event.target.closest?.("input, textarea, select, [contenteditable=true], dialog")) return
    this.found = this.selected()
    if (!this.found) return
    event.preventDefault() // the letter would be the first of the composer's
    this.quote()
  }

  async quote() {
    const { found } = this, writing = this.page.querySelector("rich-composer")
    if (!found || !writing) return
    this.button.hidden = true
    getSelection().removeAllRanges()
    await writing.begin()
    writing.composer?.quote(found)
  }
})
