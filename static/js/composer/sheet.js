// On a phone the composer is one sheet between the top of what can be seen and the keyboard, wherever that stands.
const narrow = matchMedia("(width < 60rem)")

export function keepInSight(element, bar) {
  const dock = element.closest(".dock")
  const seen = window.visualViewport
  if (!dock) return () => {}

  const fit = () => {
    dock.style.setProperty("--keyboard", `${Math.max(0, innerHeight - seen.height - seen.offsetTop)}px`)
    dock.style.setProperty("--seen", `${seen.height}px`)
  }
  const open = () => {
    bar.classList.add("composer--open")
    dock.classList.add("dock--open")
    if (narrow.matches && dock.closest(".docked")) dock.classList.add("dock--sheet")
    fit()
  }
  const fold = () => {
    dock.classList.remove("dock--sheet", "dock--open")
    bar.classList.remove("composer--open")
  }
  // The keyboard goes; whoever finds their way by Tab or by ear goes on from here.
  const close = () => {
    fold()
    dock.tabIndex = -1
    dock.focus({ preventScroll: true })
  }
  // The editor itself calls every Escape its own; who has a use for it lets it go no further.
  const press = event => {
    if (event.key === "Escape" && !event.isComposing && event.keyCode !== 229 && narrow.matches) close()
  }
  // On a desk one goes on where one is: in the next words, or at the button.
  const sent = event => {
    if (!event.detail.successful || !event.target.matches("form")) return
    if (narrow.matches) close()
    else if (!bar.contains(document.activeElement)) fold()
  }

  element.addEventListener("focusin", open)
  element.addEventListener("keydown", press)
  element.addEventListener("htmx:afterRequest", sent)
  bar.querySelector("[data-fold]")?.addEventListener("click", close)
  seen?.addEventListener("resize", fit)
  seen?.addEventListener("scroll", fit)
  if (element.contains(document.activeElement)) open()
  return () => {
    seen?.removeEventListener("resize", fit)
    seen?.removeEventListener("scroll", fit)
    dock.classList.remove("dock--sheet")
  }
}
