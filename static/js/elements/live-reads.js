// <live-reads topic="read.7" since="…"> in a list: what its reader reads on another device is read here too. Rows lose their
// dot, and keep their place.
import { watch } from "../live.js";

customElements.define("live-reads", class extends HTMLElement {
  connectedCallback() {
    this.stop = watch(this.getAttribute("topic"), Number(this.getAttribute("since")), (frame) => {
      if (frame.kind === "read" && frame.thread) this.hear(frame)
    })
  }

  disconnectedCallback() {
    this.stop()
  }

  hear({ thread, number }) {
    const row = document.getElementById(`thread-${thread}`)
    if (!row || Number(row.dataset.newest) > number) return
    row.classList.remove("thread--new")
    for (const link of row.querySelectorAll("a[href$='#unread']")) link.setAttribute("href", link.pathname)
  }
})
