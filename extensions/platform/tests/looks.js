() => {
  const wrong = [], all = selector => [...document.querySelectorAll(selector)]
  const seen = element => element.checkVisibility({visibilityProperty: true}) && !element.closest(".unseen, [aria-hidden=true]")
  const name = element => (element.getAttribute("aria-label") || (element.labels && element.labels[0]?.textContent) ||
    element.textContent || element.title || element.querySelector("img")?.alt || "").trim()
  if (document.documentElement.scrollWidth > innerWidth) wrong.push("wider than its window")
  if (!document.documentElement.lang || !document.title) wrong.push("without language or title")
  if (all("main").length !== 1) wrong.push("not one main")
  if (all("h1").length !== 1) wrong.push("not one h1")
  let before = 0
  for (const heading of all("h1, h2, h3, h4")) {
    const level = Number(heading.tagName[1])
    if (level > before + 1) wrong.push("heading skips a level: " + heading.textContent)
    before = level
  }
  for (const field of all("input:not([type=hidden]), select, textarea"))
    if (!field.getAttribute("aria-label") && !(field.labels && field.labels.length)) wrong.push("no label: " + field.outerHTML)
  for (const each of all("a[href], button")) if (!name(each)) wrong.push("no name: " + each.outerHTML)
  const ids = all("[id]").map(each => each.id)
  for (const id of ids.filter((id, at) => ids.indexOf(id) !== at)) wrong.push("twice: #" + id)
  const channels = text => (text.match(/[\d.]+/g) || []).map(Number)
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [.2126, .7152, .0722][at], 0)
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const found = channels(getComputedStyle(e).backgroundColor)
      if (found.length === 3 || found[3] === 1) return found
    }
    return [255, 255, 255]
  }
  for (const element of all("body *")) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())
    if (!own || !seen(element) || element.closest("svg, option, noscript, .marks, script, textarea")) continue
    const a = light(channels(getComputedStyle(element).color)), b = light(ground(element))
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05)
    if (ratio < 4.5) wrong.push("contrast " + ratio.toFixed(2) + ": " + element.outerHTML.slice(0, 120))
  }
  return wrong
}
