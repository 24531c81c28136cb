// Before anything is painted: somebody who has answered, or whose browser answers for them, is not asked.
{
  const words = document.currentScript.dataset.words
  if (!document.cookie.includes("choices=" + words) && !navigator.globalPrivacyControl)
    document.documentElement.dataset.unasked = ""
}
