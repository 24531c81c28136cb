// <video-facade frame="https://…"><a href="https://…">…</a></video-facade>: a film in its place, once somebody asks for it.
// Until then nothing leaves the page. Where no [data-play] around it says how it is called, it stays the link it is.
customElements.define("video-facade", class extends HTMLElement {
  connectedCallback() {
    this.link = this.querySelector("a")
    const words = this.closest("[data-play]")?.dataset.play
    if (!this.link || !words) return
    const part = name => this.link.querySelector(`.linkcard__${name}`)?.textContent ?? ""
    this.title_ = part("title")
    this.link.setAttribute("role", "button")
    this.link.setAttribute("aria-label", words.replace("{title}", this.title_).replace("{site}", part("site")))
    this.link.addEventListener("click", event => this.press(event))
    this.link.addEventListener("keydown", event => event.key === " " && this.press(event))
  }

  press(event) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return // in a tab of its own, as any link
    event.preventDefault()
    const film = document.createElement("iframe")
    film.className = "film__frame"
    film.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture"
    film.referrerPolicy = "strict-origin-when-cross-origin"
    film.sandbox = "allow-scripts allow-same-origin allow-presentation allow-popups allow-popups-to-escape-sandbox"
    film.title = this.title_
    film.src = this.getAttribute("frame")
    this.setAttribute("playing", "")
    this.link.replaceWith(film)
    film.focus()
  }
})
