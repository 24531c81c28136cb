// What the house said when it refused: one short notice. A whole page, or an answer that is not the house's, is none.
export function refusal(xhr) {
  const told = new DOMParser().parseFromString(xhr?.responseText || "", "text/html").body.children
  return told.length === 1 && told[0].matches("[role=alert]") ? told[0] : null
}

export const because = xhr => refusal(xhr)?.textContent.trim() ?? ""
