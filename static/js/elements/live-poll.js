// <live-poll id="poll-12" address="/forum/threads/12/poll/">…<form>…</live-poll>: figures that stay true. Frames bring what
// everybody may see; `asks` says that this reader sees more than that, which is fetched. Rows have their height from the
// beginning, so that nothing moves.
const parse = html => document.adoptNode(new DOMParser().parseFromString(html, "text/html").body.firstElementChild)
const JITTER = 1500
let left = "" // the poll that somebody acted in, while its answer takes its place

customElements.define("live-poll", class extends HTMLElement {
  connectedCallback() {
    this.hears = event => this.hear(event.detail)
    document.addEventListener("live:frame", this.hears)
    this.addEventListener("htmx:beforeSwap", () => { left = this.contains(document.activeElement) ? this.id : "" })
    if (left === this.id) requestAnimationFrame(() => this.goBack())
  }

  disconnectedCallback() {
    document.removeEventListener("live:frame", this.hears)
    clearTimeout(this.wait)
  }

  // Whoever took their vote back by keyboard stood on a button that is no more.
  goBack() {
    left = ""
    if (document.activeElement === document.body) this.querySelector("[data-acts] button")?.focus({ preventScroll: true })
  }

  hear({ kind, id, html }) {
    if (kind !== "votes" || id !== this.id || !html) return
    const fresh = parse(html)
    this.show(fresh)
    if (!fresh.hasAttribute("data-over")) {
      if (this.hasAttribute("asks")) this.ask()
    } else if (this.querySelector("[data-open]:not([hidden])")) this.close()
  }

  show(fresh) {
    const voters = fresh.querySelector("[data-voters]")
    if (voters) this.querySelector(".poll__sum [data-voters]").textContent = voters.textContent
    for (const row of fresh.querySelectorAll("[data-option]")) {
      const mine = this.querySelector(`.poll__result[data-option="${row.dataset.option}"]`)
      if (!mine) continue
      mine.querySelector("progress").value = row.dataset.share ?? row.querySelector("progress").value
      mine.querySelector(".poll__votes").textContent = (row.querySelector(".poll__votes") ?? row).textContent.trim()
    }
  }

  // Many voted at once, and all who see the figures would ask at once.
  ask() {
    this.wait ||= setTimeout(async () => {
      this.wait = 0
      const answer = await fetch(this.getAttribute("address"), { headers: { "HX-Request": "true" } }).catch(() => null)
      if (answer?.ok) this.show(parse(await answer.text()))
    }, Math.random() * JITTER)
  }

  close() {
    for (const field of this.querySelectorAll("input")) field.disabled = true
    for (const acts of this.querySelectorAll("[data-acts]")) acts.classList.add("poll__gone")
    this.querySelector("[data-open]").hidden = true
    this.querySelector("[data-over]").hidden = false
  }
})
