// <live-bell topic="bell.12" since="3"><a id="bell">…</a></live-bell>: renews the bell whenever what it shows has changed.
import { watch } from "../live.js";

customElements.define("live-bell", class extends HTMLElement {
  connectedCallback() {
    this.stop = watch(this.getAttribute("topic"), Number(this.getAttribute("since")), ({ kind, n, html }) => {
      if (n) this.setAttribute("since", n)
      if (kind === "bell" && html) this.show(html)
    })
  }

  disconnectedCallback() {
    this.stop()
  }

  show(html) {
    const fresh = document.createRange().createContextualFragment(html).firstElementChild
    const old = this.firstElementChild
    const focused = old === document.activeElement
    old.replaceWith(fresh)
    if (focused) fresh.focus()
  }
})
