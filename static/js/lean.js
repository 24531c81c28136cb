// A form that asks puts only what was filled in into the address.
addEventListener("formdata", ({ target, formData }) => {
  if (target.method === "get") for (const [name, value] of [...formData]) if (value === "") formData.delete(name)
})
