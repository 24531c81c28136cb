// <live-now most="60"><live-topic topic="window.now"></live-topic>…<ol class="now">: puts what happens at the top of the list
// and renews the counts. What was rendered with the page stays when nothing more is heard.
const parse = html => document.adoptNode(new DOMParser().parseFromString(html, "text/html").body.firstElementChild)

customElements.define("live-now", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("live:frame", this)
  }

  disconnectedCallback() {
    this.removeEventListener("live:frame", this)
  }

  handleEvent({ detail: { kind, id, html, counts } }) {
    if (kind === "reset") return location.reload()
    if (kind !== "now") return
    for (const [name, count] of Object.entries(counts ?? {})) {
      const figure = this.querySelector(`[data-count="${name}"]`)
      if (figure) figure.textContent = count.toLocaleString()
    }
    if (!html || document.getElementById(id)) return
    const list = this.querySelector(".now")
    list.prepend(parse(html))
    while (list.children.length > Number(this.getAttribute("most"))) list.lastElementChild.remove()
    this.querySelector(".now__empty").hidden = true
  }
})
