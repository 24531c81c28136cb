// <post-count count="47" newest="48" data-one="1 post" data-many="{n} posts">47 posts</post-count>: how many there are, while
// one reads. A post comes once, by its number; one that is taken away, or comes back, counts from then on.
customElements.define("post-count", class extends HTMLElement {
  connectedCallback() {
    this.count = Number(this.getAttribute("count"))
    this.newest = Number(this.getAttribute("newest"))
    this.gone = new Set([...document.querySelectorAll(".post--gone")].map(post => post.id))
    this.hears = event => this.hear(event.detail)
    document.addEventListener("live:frame", this.hears)
  }

  disconnectedCallback() {
    document.removeEventListener("live:frame", this.hears)
  }

  hear({ kind, id, html }) {
    const number = kind === "post" && Number(/\sdata-number="(\d+)"/.exec(html)?.[1])
    if (!number) return
    const isNew = number > this.newest, isGone = /^\s*<article[^>]*\spost--gone"/.test(html), wasGone = this.gone.has(id)
    if (isNew) this.newest = number
    isGone ? this.gone.add(id) : this.gone.delete(id)
    this.count += isNew ? Number(!isGone) : Number(wasGone) - Number(isGone)
    const { one, many } = this.dataset
    this.textContent = this.count === 1 ? one : many.replace("{n}", this.count)
  }
})
