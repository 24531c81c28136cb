// <quiet-posts authors="[7, 12]" data-words="…"></quiet-posts> in a talk: folds what somebody whom the reader blocked says
// while the page is open. What was there before, the server has folded.
customElements.define("quiet-posts", class extends HTMLElement {
  connectedCallback() {
    const posts = this.closest("thread-reader")?.querySelector(".posts")
    if (!posts) return
    this.authors = new Set(JSON.parse(this.getAttribute("authors")).map(String))
    this.ear = new MutationObserver(() => this.fold(posts))
    this.ear.observe(posts, { childList: true })
    this.fold(posts)
  }

  disconnectedCallback() {
    this.ear?.disconnect()
  }

  fold(posts) {
    for (const post of posts.querySelectorAll(":scope > .post[data-author]")) {
      if (!this.authors.has(post.dataset.author)) continue
      const details = document.createElement("details"), summary = document.createElement("summary")
      details.className = "standing__fold"
      summary.textContent = this.dataset.words
      post.replaceWith(details)
      details.append(summary, post)
    }
  }
})
