// <live-presence topic="thread.12" data-words="{count} people are here" hidden>: how many look at the same thing.
import { watch } from "../live.js";

customElements.define("live-presence", class extends HTMLElement {
  connectedCallback() {
    this.stop = watch(this.getAttribute("topic"), null, ({ kind, count }) => {
      if (kind !== "presence") return
      this.hidden = count < 2
      this.textContent = this.dataset.words.replace("{count}", count.toLocaleString(document.documentElement.lang))
    })
  }

  disconnectedCallback() {
    this.stop()
  }
})
