// <slow-note until="2026-03-02T14:20:05+08:00" data-words="… {seconds} …" data-over="…">…</slow-note>: counts down to the moment
// from which one may write again.
customElements.define("slow-note", class extends HTMLElement {
  connectedCallback() {
    this.until = Date.parse(this.getAttribute("until"))
    this.timer = setInterval(() => this.tell(), 1000)
    this.tell()
  }

  disconnectedCallback() {
    clearInterval(this.timer)
  }

  tell() {
    const seconds = Math.ceil((this.until - Date.now()) / 1000)
    this.textContent = seconds > 0 ? this.dataset.words.replace("{seconds}", seconds) : this.dataset.over
    if (seconds <= 0) clearInterval(this.timer)
  }
})
