// The console of the API reference. Requests go to the environment that this page comes from.

const place = document.getElementById('api-reference')
const response = await fetch(place.dataset.file)
const description = await response.json()

// The page itself introduces the API, and there is one server to choose.
const withoutIntroduction = {
  wrapComponents: {
    InfoContainer: () => () => null,
    ServersContainer: () => () => null
  }
}

window.SwaggerUIBundle({
  domNode: place,
  spec: { ...description, servers: [{ url: window.location.origin }] },
  plugins: [withoutIntroduction],
  docExpansion: 'list',
  deepLinking: false,
  defaultModelsExpandDepth: -1,
  validatorUrl: null
})

// The console draws lists to choose from without saying what for.
function nameLists () {
  for (const list of place.querySelectorAll('select:not([aria-label])')) {
    const parameter = list.closest('tr[data-param-name]')
    list.setAttribute('aria-label', parameter ? parameter.dataset.paramName : 'Example')
  }
}

new MutationObserver(nameLists).observe(place, { childList: true, subtree: true })
