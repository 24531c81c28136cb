// <thread-acts topic="thread.12" dock="/forum/threads/12/dock/">…marks…</thread-acts>: what a host did is seen at once. The
// marks come with the frame; the place to answer is asked for, because what one may write is one's own affair.
const parse = html => new DOMParser().parseFromString(html, "text/html").body.firstElementChild
const ASKS = new Set(["locked", "unlocked", "slowed", "opened", "closed"])
const MOVES = new Set(["moved", "merged", "grew", "split"])

customElements.define("thread-acts", class extends HTMLElement {
  connectedCallback() {
    document.addEventListener("live:frame", this)
    document.addEventListener("htmx:afterRequest", this)
  }

  disconnectedCallback() {
    document.removeEventListener("live:frame", this)
    document.removeEventListener("htmx:afterRequest", this)
    clearTimeout(this.wait)
  }

  handleEvent({ type, detail }) {
    if (type === "htmx:afterRequest") return this.said(detail)
    if (detail.topic !== this.getAttribute("topic")) return
    if (detail.kind === "dock") return this.renew() // what its reader alone may do here has changed
    if (detail.kind !== "act") return
    if (detail.html) this.querySelector(".talk__marks").replaceWith(document.adoptNode(parse(detail.html)))
    for (const id of detail.gone ?? []) document.getElementById(id)?.remove()
    if (MOVES.has(detail.act)) this.querySelector("[data-moved]").hidden = false
    // Everyone hears it at the same moment and must not come at the same moment.
    if (ASKS.has(detail.act)) this.wait = setTimeout(() => this.renew(), Math.random() * 2000)
  }

  // Where a talk is slow, whoever has just spoken sees at once how long they wait.
  said({ elt, successful }) {
    if (successful && elt?.id === "reply" && this.querySelector("[data-slow]")) this.wait = setTimeout(() => this.renew(), 200)
  }

  async renew() {
    const old = document.querySelector(".dock")
    const answer = old && await fetch(this.getAttribute("dock"), { headers: { "HX-Request": "true" } }).catch(() => null)
    if (!answer?.ok) return
    const fresh = document.adoptNode(parse(await answer.text()))
    // Words are never taken from under someone's fingers; that they can go nowhere now is said above them.
    if (old.querySelector("textarea")?.value) return this.warn(old, fresh)
    old.replaceWith(fresh)
    window.htmx?.process(fresh)
  }

  warn(dock, fresh) {
    dock.querySelector("[data-shut]")?.remove()
    const why = fresh.querySelector("form") ? null : fresh.querySelector(".dock__note")
    if (!why) return
    why.setAttribute("role", "alert")
    why.dataset.shut = ""
    dock.querySelector("slow-note")?.remove() // it would go on to say that one can write again
    dock.prepend(why)
  }
})
