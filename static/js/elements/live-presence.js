// <live-presence topic="thread.12" me="7" data-words="{count} people are here" data-named="… {names}" hidden>: how many look
// at the same thing, and in a small room who they are.
import { watch } from "../live.js";

customElements.define("live-presence", class extends HTMLElement {
  connectedCallback() {
    this.stop = watch(this.getAttribute("topic"), null, (frame) => frame.kind === "presence" && this.show(frame))
  }

  disconnectedCallback() {
    this.stop()
  }

  show({ count, people }) {
    const { lang } = document.documentElement
    const names = people.filter(({ id }) => String(id) !== this.getAttribute("me")).map(({ name }) => name)
    const words = names.length && this.dataset.named ? this.dataset.named : this.dataset.words
    this.textContent = words
      .replace("{count}", count.toLocaleString(lang))
      .replace("{names}", () => new Intl.ListFormat(lang).format(names))
    this.hidden = count < 2
  }
})
