// Tells our own house that this page was really seen: once, after it was painted, and nobody else.
{
  const d = document,
    t = self.crypto?.randomUUID?.() || Date.now() + "-" + Math.random(),
    tell = () => {
      const way = performance.getEntriesByType?.("navigation")[0]?.type,
        r = way == "reload" || way == "back_forward" ? location.origin : d.referrer
      navigator.sendBeacon?.("/painted/", new URLSearchParams({ t, p: location.pathname, r }))
    },
    look = () => {
      if (d.hidden || d.prerendering) return
      d.removeEventListener("visibilitychange", look)
      // The second frame begins when the first has been painted.
      requestAnimationFrame(() => requestAnimationFrame(tell))
    }
  d.addEventListener("visibilitychange", look)
  d.addEventListener("prerenderingchange", look, { once: true })
  d.addEventListener("choices:made", tell)
  look()
}
