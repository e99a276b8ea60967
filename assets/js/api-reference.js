// The console of the API reference. Requests go to the environment that this page comes from.

const place = document.getElementById('api-reference')
const response = await fetch(place.dataset.file)
const description = await response.json()

window.SwaggerUIBundle({
  domNode: place,
  spec: { ...description, servers: [{ url: window.location.origin }] },
  docExpansion: 'list',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  withCredentials: false
})
