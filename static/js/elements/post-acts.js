// <post-acts id="post-12-acts"></post-acts>: where htmx puts what may be done with a post. Asked a second time, it closes.
customElements.define("post-acts", class extends HTMLElement {
  connectedCallback() {
    this.post = this.closest(".post")
    this.post.addEventListener("click", this, { capture: true })
    this.addEventListener("htmx:afterSwap", this)
    this.addEventListener("keydown", this)
  }

  disconnectedCallback() {
    this.post.removeEventListener("click", this, { capture: true })
  }

  handleEvent(event) {
    if (event.type === "htmx:afterSwap") return this.opened(event.detail.requestConfig?.elt)
    if (event.type === "keydown") return event.key === "Escape" && !event.isComposing && this.close()
    const link = event.target.closest(".post__more, [data-close]")
    // A sentence that says what came of something is not in the way of the next thing.
    if (!link || !this.firstElementChild || this.firstElementChild.matches(".notice")) return
    event.preventDefault()
    event.stopPropagation()
    if (link.matches("[data-discard]")) link.closest("draft-keeper")?.discard()
    this.close()
  }

  get more() {
    return this.post.querySelector(".post__more")
  }

  // Opened by the act that asked, which gets its place back; what asks for another page of the same is inside.
  opened(opener) {
    if (opener && !this.contains(opener)) this.opener = opener
    this.more?.setAttribute("aria-expanded", !this.opener?.matches(".post__who"))
    const all = [...this.querySelectorAll("textarea, button, a")]
    all.find(each => each.checkVisibility())?.focus({ preventScroll: true })
    this.scrollIntoView({ block: "nearest" })
  }

  close() {
    this.replaceChildren()
    this.more?.setAttribute("aria-expanded", "false")
    const back = this.opener?.isConnected ? this.opener : this.more
    back?.focus({ preventScroll: true })
  }
})
