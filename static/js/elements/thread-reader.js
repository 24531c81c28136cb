// <thread-reader last="20" newest="48" open me="7"><live-topic>…<div class="posts">…</thread-reader>: a talk that stays alive.
// Posts change where they stand; new ones go to the end, and a pill says so while the end is out of sight. Text that
// someone is reading is never moved. `open` says that this page is the last one.
const parse = html => document.adoptNode(new DOMParser().parseFromString(html, "text/html").body.firstElementChild)
const sequence = post => Number(post.dataset.sequence)

const BREATH = 2000 // milliseconds after which a post came by itself
// What is being read stays where it is, whatever grows above it; most browsers do it themselves, Safari does not.
const PLAYING = "video-facade[playing]"
const anchors = CSS.supports("overflow-anchor", "auto")

function line() {
  if (anchors) return null
  const post = [...document.querySelectorAll(".post[id]")].find(each => each.getBoundingClientRect().bottom > 0)
  return post && { post, top: post.getBoundingClientRect().top }
}

function hold(at) {
  const moved = at?.post.isConnected ? at.post.getBoundingClientRect().top - at.top : 0
  if (Math.abs(moved) > 1) scrollBy({ top: moved, behavior: "instant" })
}

// The keyboard stays on what it stood on; where that is gone, on what opens all acts, or on the post. Only whoever was left
// without a place is given one: a way back that was offered meanwhile is where they are now.
function heldFocus(post) {
  const at = document.activeElement
  if (at === post || !post.contains(at)) return () => {}
  const same = each => at.id ? each.id === at.id : each.className === at.className && each.getAttribute("href") === at.getAttribute("href")
  const isAct = at.closest("post-acts")
  return (now = post) => {
    if (document.activeElement !== document.body) return
    const again = isAct ? now.querySelector(".post__more") : [...now.querySelectorAll(at.localName)].find(same)
    if (!again) now.tabIndex = -1
    ;(again ?? now).focus({ preventScroll: true })
  }
}

// What was opened in a post while an answer was under way stays; the answer to what was done in there closes it.
function isBusyWith(post, { requestConfig }) {
  const acts = post.querySelector("post-acts")
  return acts?.matches(":has(> :not(.notice))") && !acts.contains(requestConfig?.elt)
}

function renewFoot(old, fresh) {
  const focus = heldFocus(old)
  old.dataset.sequence = fresh.dataset.sequence
  old.querySelector(".post__foot").replaceWith(fresh.querySelector(".post__foot"))
  window.htmx?.process(old)
  focus()
}

// Puts the fresh state into the post that is there, and leaves alone what its reader has opened in it.
function renew(old, fresh) {
  if (sequence(fresh) < sequence(old)) return
  const focus = heldFocus(old)
  const acts = fresh.querySelector("post-acts") && old.querySelector("post-acts")
  // A film that plays would begin anew if it were moved: its words stay as they are until the page is left.
  if (old.querySelector(PLAYING) && fresh.querySelector(".post__foot")) return renewFoot(old, fresh)
  const at = line()
  for (const { name, value } of fresh.attributes) old.setAttribute(name, value)
  for (const node of [...old.childNodes]) if (node !== acts) node.remove()
  const nodes = [...fresh.childNodes].filter(node => !acts || node.localName !== "post-acts")
  acts ? acts.before(...nodes) : old.append(...nodes)
  hold(at)
  window.htmx?.process(old)
  focus()
}

customElements.define("thread-reader", class extends HTMLElement {
  connectedCallback() {
    for (const type of ["live:frame", "htmx:beforeSwap", "htmx:afterSwap"]) this.addEventListener(type, this)
    this.newest = Number(this.getAttribute("newest"))
    this.waiting = [] // posts that came in out of sight
    this.sight = new IntersectionObserver(entries => entries.some(entry => entry.isIntersecting) && this.caughtUp())
    this.pill?.addEventListener("click", event => this.goOn(event))
  }

  disconnectedCallback() {
    this.sight.disconnect()
  }

  get posts() {
    return this.querySelector(".posts")
  }

  get pill() {
    return this.querySelector(".pill")
  }

  get isOpen() {
    return this.hasAttribute("open")
  }

  handleEvent(event) {
    if (event.type === "live:frame") this.hear(event.detail)
    else if (event.type === "htmx:beforeSwap") this.receive(event)
    else if (event.target === this.posts) this.came(this.posts.lastElementChild, true)
    else if (event.target.matches(".post")) this.focusAgain?.(event.target)
  }

  hear({ kind, id, html }) {
    if (kind === "reset") return this.tell(1)
    if (kind !== "post" || !html) return
    const fresh = parse(html), old = document.getElementById(id)
    if (old) renew(old, fresh)
    else if (Number(fresh.dataset.number) > this.newest) this.add(fresh)
  }

  // The answer to one's own act may come before or after the frame that tells everyone: either way it is shown once.
  receive(event) {
    const { xhr, serverResponse } = event.detail
    if (xhr.status >= 400 || !serverResponse?.includes('id="post-')) return
    const fresh = parse(serverResponse), old = document.getElementById(fresh.id)
    if (!fresh.matches(".post")) return
    this.focusAgain = old && heldFocus(old)
    if (!this.isOpen && !old) location.assign(`?at=${fresh.dataset.number}#${fresh.id}`)
    else if (!old) return
    else if (event.detail.target === this.posts || old.querySelector(PLAYING) || isBusyWith(old, event.detail)) renew(old, fresh)
    else if (sequence(fresh) >= sequence(old)) return this.keepHand(old)
    event.detail.shouldSwap = false
  }

  // The form that was sent goes with the answer: the keyboard goes on from the post it was about.
  keepHand(old) {
    if (!old.contains(document.activeElement)) return
    this.addEventListener("htmx:afterSettle", () => {
      if (document.activeElement === document.body) document.querySelector(`#${old.id} .post__more`)?.focus({ preventScroll: true })
    }, { once: true })
  }

  add(post) {
    const atEnd = this.endIsInSight()
    if (this.isOpen) {
      this.posts.append(post)
      window.htmx?.process(post)
    }
    this.came(post, atEnd || post.dataset.author === this.getAttribute("me"))
  }

  came(post, isSeen) {
    if (!post?.dataset.number) return
    this.newest = Math.max(this.newest, Number(post.dataset.number))
    if (post.dataset.author !== this.getAttribute("me")) this.say(this.waiting.length + 1)
    if (this.isOpen && isSeen && this.follow(post)) return
    this.waiting.push(post)
    if (this.isOpen) this.sight.observe(post)
    this.tell(this.waiting.length)
  }

  // The end is followed no further than to the first of those that came together, or while nobody looked: whoever
  // wakes to forty of them reads on where they were.
  follow(post) {
    if (!this.first?.isConnected || !document.hidden && performance.now() - this.followed > BREATH) this.first = post
    this.followed = performance.now()
    const top = scrollY
    post.scrollIntoView({ block: "nearest", behavior: "instant" })
    if (post.dataset.author === this.getAttribute("me") || this.first.getBoundingClientRect().top >= 0) return true
    scrollTo({ top, behavior: "instant" })
    return false
  }

  endIsInSight() {
    const last = this.posts?.lastElementChild
    return !last || last.getBoundingClientRect().bottom < innerHeight
  }

  words(count) {
    const { one, many } = this.pill.dataset
    return count === 1 ? one : many.replace("{n}", count)
  }

  // For those who hear the page: the same words twice are heard only when there was silence between them.
  say(count) {
    const said = this.querySelector("[data-said]")
    if (!said || !this.pill) return
    said.textContent = ""
    setTimeout(() => { said.textContent = this.words(count) }, 100)
  }

  tell(count) {
    if (!this.pill) return
    this.pill.textContent = this.words(count)
    this.pill.href = `${this.pill.pathname}?at=${this.waiting[0]?.dataset.number ?? this.newest}`
    this.pill.hidden = false
  }

  goOn(event) {
    if (!this.isOpen || !this.waiting.length) return
    event.preventDefault()
    this.waiting[0].scrollIntoView({ block: "center" })
    this.caughtUp()
  }

  caughtUp() {
    this.sight.disconnect()
    this.waiting = []
    this.pill.hidden = true
  }
})
