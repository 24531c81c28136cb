// Where one reads: back brings one to the same line, also in browsers that load the page anew; a link to a post goes there
// and says so for a moment; and whoever follows an answer to what it answers finds the way back.
const KEY = `place:${location.pathname}${location.search}`
const MARKS = ".post[id], .thread[id]"

const cameBack = () => performance.getEntriesByType("navigation")[0]?.type === "back_forward"

function keep() {
  const here = [...document.querySelectorAll(MARKS)].find(each => each.getBoundingClientRect().bottom > 0)
  try {
    if (here) sessionStorage.setItem(KEY, JSON.stringify([here.id, here.getBoundingClientRect().top]))
  } catch { /* a full or forbidden storage: the browser's own memory of the place is left */ }
}

function restore() {
  let kept = null
  try { kept = JSON.parse(sessionStorage.getItem(KEY)) } catch { /* the same */ }
  const mark = kept && document.getElementById(kept[0])
  if (mark) scrollBy({ top: mark.getBoundingClientRect().top - kept[1], behavior: "instant" })
}

function flash(post) {
  post.classList.remove("post--flash")
  void post.offsetWidth // begins anew where it has already flashed
  post.classList.add("post--flash")
}

function land() {
  const asked = new URLSearchParams(location.search)
  if (cameBack()) return restore()
  if (location.hash) return
  const post = asked.has("at") && document.querySelector(`.post[data-number="${CSS.escape(asked.get("at"))}"]`)
  const place = post || (!asked.size && document.getElementById("unread"))
  place?.scrollIntoView?.({ block: post ? "center" : "start" })
  if (post) flash(post)
}

function jump(event) {
  const link = event.target.closest?.("[data-jump]")
  if (!link || event.defaultPrevented || event.metaKey || event.ctrlKey) return
  const post = document.getElementById(`post-${link.dataset.jump}`)
  if (!post) return // on another page of the discussion: the link itself leads there, and back leads here
  event.preventDefault()
  const from = link.closest(".post"), top = from.getBoundingClientRect().top
  post.scrollIntoView({ block: "center" })
  flash(post)
  offer(from, top)
}

// One way back at a time: to where the first of several jumps began.
function offer(from, top) {
  const pill = document.querySelector(".pill--back")
  if (!pill || !pill.hidden) return
  pill.hidden = false
  pill.onclick = event => {
    event.preventDefault()
    scrollBy({ top: from.getBoundingClientRect().top - top })
    flash(from)
    pill.hidden = true
  }
}

export function keepPlaces() {
  addEventListener("pagehide", keep)
  document.addEventListener("visibilitychange", () => document.hidden && keep()) // in-app browsers tell of no pagehide
  document.addEventListener("click", jump)
  // After layout: pictures have their sizes set, so nothing moves afterwards.
  if (document.readyState === "complete") land()
  else addEventListener("load", land, { once: true })
}
