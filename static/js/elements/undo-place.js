// <undo-place></undo-place>: where the way back from what one has just done is offered. It comes with the answer to that, which
// may be later than the frame that tells everyone: the form that asked is gone from the page by then, and htmx finds no way.
customElements.define("undo-place", class extends HTMLElement {
  connectedCallback() {
    this.ear = event => this.receive(event.detail)
    document.addEventListener("htmx:beforeSwap", this.ear)
  }

  disconnectedCallback() {
    document.removeEventListener("htmx:beforeSwap", this.ear)
  }

  receive(detail) {
    if (detail.xhr.status >= 400 || !detail.serverResponse?.includes("data-undo")) return
    const { body } = new DOMParser().parseFromString(detail.serverResponse, "text/html")
    const told = body.querySelector("[data-undo]")
    told.remove()
    detail.serverResponse = body.innerHTML
    const isHere = this.contains(document.activeElement)
    this.replaceChildren(...document.adoptNode(told).children)
    // Undone: whoever pressed it stands in what came back, once it is there.
    if (isHere && !this.firstElementChild) setTimeout(() => this.leadTo(detail.target.id))
    window.htmx?.process(this)
  }

  leadTo(id) {
    if (document.activeElement !== document.body) return
    document.getElementById(id)?.querySelector(".post__more")?.focus({ preventScroll: true })
  }
})
