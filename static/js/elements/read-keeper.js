// <read-keeper address="/forum/threads/12/readmark/" reached="20">…posts…</read-keeper>: tells the server how far someone
// has read, once they have rested there for a moment.
const REST = 1200

customElements.define("read-keeper", class extends HTMLElement {
  connectedCallback() {
    this.told = this.number = Number(this.getAttribute("reached"))
    this.sight = new IntersectionObserver(entries => this.see(entries), { threshold: 0.6 })
    this.watcher = new MutationObserver(() => this.observe())
    this.watcher.observe(this, { childList: true, subtree: true })
    this.leave = () => this.tell()
    addEventListener("pagehide", this.leave)
    document.addEventListener("live:frame", this)
    this.observe()
  }

  disconnectedCallback() {
    this.sight.disconnect()
    this.watcher.disconnect()
    removeEventListener("pagehide", this.leave)
    document.removeEventListener("live:frame", this)
    clearTimeout(this.wait)
  }

  // A door that has closed takes no more marks.
  handleEvent({ detail }) {
    if (detail.kind === "closed" && detail.topic.startsWith("thread.")) this.disconnectedCallback()
  }

  observe() {
    for (const post of this.querySelectorAll(".post[data-number]")) {
      if (Number(post.dataset.number) > this.number) this.sight.observe(post)
    }
  }

  see(entries) {
    if (document.hidden) return
    for (const { isIntersecting, target, boundingClientRect } of entries) {
      const isTaller = boundingClientRect.height > innerHeight && boundingClientRect.bottom < innerHeight
      if (isIntersecting || isTaller) this.number = Math.max(this.number, Number(target.dataset.number))
    }
    clearTimeout(this.wait)
    this.wait = setTimeout(() => this.tell(), REST)
  }

  tell() {
    if (this.number <= this.told) return
    this.told = this.number
    const body = new URLSearchParams({ number: this.number })
    fetch(this.getAttribute("address"), { method: "POST", body, keepalive: true }).catch(() => { this.told = 0 })
  }
})
