// A table that is wider than its place can be scrolled with the keyboard too: such a place may be reached by Tab.
const PLACES = ".desk-scroll, .desk-card"

const reach = () => {
  for (const place of document.querySelectorAll(PLACES)) {
    if (place.scrollWidth > place.clientWidth) place.tabIndex = 0
    else place.removeAttribute("tabindex")
  }
}

reach()
addEventListener("resize", reach)
