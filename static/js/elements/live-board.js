// <live-board topic="board.3" since="…"> before a list: when something is said in a thread of the board that this page does
// not show yet, its pill says in how many, and leads to the list as it is by then. It takes the place of the line above
// the list; the list itself stays where it is.
import { watch } from "../live.js";

customElements.define("live-board", class extends HTMLElement {
  connectedCallback() {
    this.stirred = new Set()
    this.stop = watch(this.getAttribute("topic"), Number(this.getAttribute("since")), (frame) => {
      if (frame.kind === "stirred") this.hear(frame)
    })
  }

  disconnectedCallback() {
    this.stop()
  }

  hear({ thread, number }) {
    const row = document.getElementById(`thread-${thread}`)
    if (row && Number(row.dataset.newest) >= number) return
    const before = this.stirred.size
    this.stirred.add(thread)
    if (this.stirred.size > before) this.tell(this.stirred.size)
  }

  tell(count) {
    const pill = this.querySelector(".pill")
    const said = this.querySelector("[data-said]")
    pill.textContent = count === 1 ? pill.dataset.one : pill.dataset.many.replace("{n}", count)
    if (pill.hidden) said.textContent = pill.textContent // once: a busy board is not read aloud without end
    pill.hidden = false
  }
})
