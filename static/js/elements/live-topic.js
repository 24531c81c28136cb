// <live-topic topic="thread.12" since="345">…</live-topic>: says `live:frame` (bubbling, its detail is the frame) for
// everything that happens in the topic after that number, in order and once. Kinds of its own: "presence" with a count,
// "reset" when so much was missed that the page should be fetched anew, "closed" when the door has closed.
import { watch } from "../live.js";

customElements.define("live-topic", class extends HTMLElement {
  connectedCallback() {
    this.stop = watch(this.getAttribute("topic"), Number(this.getAttribute("since")), (frame) => {
      if (frame.n) this.setAttribute("since", frame.n)
      this.dispatchEvent(new CustomEvent("live:frame", { bubbles: true, detail: frame }))
    })
  }

  disconnectedCallback() {
    this.stop()
  }
})
