// <solved-slot data-post="48">…</solved-slot>: says below a question whether it is solved, as soon as somebody accepts an
// answer. It has one height, so that nothing moves.
const parse = html => document.adoptNode(new DOMParser().parseFromString(html, "text/html").body.firstElementChild)
const LONGEST = 140

customElements.define("solved-slot", class extends HTMLElement {
  connectedCallback() {
    this.hears = event => this.hear(event.detail)
    document.addEventListener("live:frame", this.hears)
  }

  disconnectedCallback() {
    document.removeEventListener("live:frame", this.hears)
  }

  hear({ kind, id, html }) {
    if (kind !== "post" || !html) return
    const post = parse(html)
    if (post.dataset.part === "accepted") this.show(id.replace("post-", ""), post)
    else if (id === `post-${this.dataset.post}`) this.show("", null)
  }

  part(name) {
    return this.querySelector(`[data-${name}]`)
  }

  show(pk, post) {
    this.dataset.post = pk
    this.classList.toggle("solved--yes", Boolean(post))
    for (const name of ["yes", "by", "jump", "gist"]) this.part(name).hidden = !post
    for (const name of ["no", "hint"]) this.part(name).hidden = Boolean(post)
    if (!post) return
    const words = [...post.querySelectorAll(".post__body > :not(.post__to)")].map(part => part.textContent).join(" ").trim()
    this.part("by").textContent = post.querySelector(".post__by a").textContent
    this.part("gist").textContent = words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words
    this.part("jump").href = post.querySelector(".post__when").href
  }
})
