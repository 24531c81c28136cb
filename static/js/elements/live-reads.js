// <live-reads topic="read.7" since="…"> in a list: what its reader reads on another device is read here too. Rows lose their
// dot, and keep their place.
import { watch } from "../live.js";

customElements.define("live-reads", class extends HTMLElement {
  connectedCallback() {
    this.stop = watch(this.getAttribute("topic"), Number(this.getAttribute("since")), (frame) => {
      if (frame.kind === "read" && frame.thread) this.hear(frame)
      if (frame.kind === "read" && frame.boards) this.hearOfBoards(frame)
    })
  }

  disconnectedCallback() {
    this.stop()
  }

  hear({ thread, number }) {
    const row = document.getElementById(`thread-${thread}`)
    if (!row || Number(row.dataset.newest) > number) return
    this.settle(row)
  }

  // Whatever stands here was said before: this page is older than what it hears.
  hearOfBoards({ boards }) {
    for (const row of document.querySelectorAll(".thread--new[data-board]")) {
      if (boards.includes(Number(row.dataset.board))) this.settle(row)
    }
  }

  settle(row) {
    row.classList.remove("thread--new")
    row.querySelector(".thread__unread")?.remove()
    for (const link of row.querySelectorAll("a[href$='#unread']")) link.setAttribute("href", link.pathname)
  }
})
