// <live-gathering id="gathering-12">…</live-gathering>: what is being answered, votes and answers as they come. Rows stay
// where they are; questions that are not here yet are counted on the link that leads to all of them.
const parse = html => document.adoptNode(new DOMParser().parseFromString(html, "text/html").body.firstElementChild)

customElements.define("live-gathering", class extends HTMLElement {
  connectedCallback() {
    this.unseen = new Set()
    this.hears = event => this.hear(event.detail)
    document.addEventListener("live:frame", this.hears)
  }

  disconnectedCallback() {
    document.removeEventListener("live:frame", this.hears)
  }

  hear({ kind, id, html }) {
    if (!html) return
    if (kind === "gathering" && id === this.id) this.turn(parse(html))
    else if (kind === "ask") this.renew(id, parse(html))
    else if (kind === "post" && html.includes("post--gone")) this.remove(id.replace("post-", "ask-"))
  }

  turn(fresh) {
    const old = this.querySelector(".gathering__now")
    // Another state has another shape: below the eye it may grow, above it stays until the page is opened again.
    if (fresh.dataset.state === old.dataset.state || old.getBoundingClientRect().bottom > 0) old.replaceWith(fresh)
  }

  renew(id, fresh) {
    const row = document.getElementById(id)
    if (!row || !this.contains(row)) return this.count(id)
    row.dataset.votes = fresh.dataset.votes
    row.querySelector("[data-count]").textContent = fresh.querySelector("[data-count]").textContent
    row.querySelector(".ask__up").setAttribute("aria-label", fresh.querySelector(".ask__up").getAttribute("aria-label"))
    row.classList.toggle("ask--answered", fresh.classList.contains("ask--answered"))
    row.querySelector("[data-answer]").replaceChildren(...fresh.querySelector("[data-answer]").childNodes)
  }

  count(id) {
    this.unseen.add(id)
    const more = this.querySelector("[data-more]")
    if (!more) return
    more.textContent = this.unseen.size === 1 ? this.dataset.one : this.dataset.many.replace("{n}", this.unseen.size)
    more.hidden = false
  }

  remove(id) {
    const row = document.getElementById(id)
    if (!row || !this.contains(row)) return
    row.inert = true
    row.classList.add("ask--gone")
  }
})
