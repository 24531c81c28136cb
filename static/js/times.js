// Keeps "12 min ago" true while a page stays open. The server said it first; the browser's own words carry on.
const MINUTE = 60_000

export function said(when, now, language) {
  const minutes = Math.floor((now - when) / MINUTE)
  if (minutes < 1 || when > now) return null
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" })
  if (minutes < 60) return words.format(-minutes, "minute").replace(".", "")
  const days = Math.round((startOfDay(now) - startOfDay(when)) / (24 * 60 * MINUTE))
  if (days > 1) return null
  const clock = `${String(when.getHours()).padStart(2, "0")}:${String(when.getMinutes()).padStart(2, "0")}`
  return `${words.format(-days, "day")} ${clock}`
}

function startOfDay(moment) {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate())
}

export function keepTimesTrue() {
  const refresh = () => {
    if (document.hidden) return
    const now = new Date()
    for (const time of document.querySelectorAll("time[datetime][title]")) {
      const words = said(new Date(time.dateTime), now, document.documentElement.lang)
      if (words && words !== time.textContent) time.textContent = words
    }
  }
  setInterval(refresh, MINUTE / 2)
  document.addEventListener("visibilitychange", refresh)
}
