// <line-note role="status"><template data-state="lost">…</template>…</line-note>, once on a page: says in a line of its own that
// nothing new can come just now ("lost", taken back by itself), that the sign-in of this page has ended ("out"), or that the
// discussion is here no longer ("shut"). What has ended stays ended; that nobody is signed in any more is why the rest shuts.
const ENDS = ["shut", "out"]

customElements.define("line-note", class extends HTMLElement {
  connectedCallback() {
    for (const type of ["live:line", "live:frame"]) document.addEventListener(type, this)
  }

  disconnectedCallback() {
    for (const type of ["live:line", "live:frame"]) document.removeEventListener(type, this)
  }

  handleEvent({ type, detail }) {
    if (type === "live:line") this.show(detail)
    else if (detail.kind === "closed" && detail.topic.startsWith("thread.")) this.show("shut")
  }

  show(state) {
    if (state === this.dataset.now || ENDS.indexOf(state) < ENDS.indexOf(this.dataset.now)) return
    const words = this.querySelector(`template[data-state="${state}"]`)
    for (const old of this.querySelectorAll(":scope > :not(template)")) old.remove()
    this.dataset.now = state
    if (!words) return
    this.append(words.content.cloneNode(true))
    const isWriting = [...document.querySelectorAll("main textarea")].some(each => each.value)
    for (const each of this.querySelectorAll("[data-writing]")) each.hidden = !isWriting
  }
})
