// The console of the API reference. Requests go to the environment that this page comes from.

const place = document.getElementById('api-reference')
const response = await fetch(place.dataset.file)
const description = await response.json()

// The page itself introduces the API and has its main part, and there is one server to choose.
function layout ({ React, getComponent }) {
  const part = (name, ...content) => React.createElement(name, null, ...content)
  const box = (className, ...content) => React.createElement('div', { className }, ...content)
  return {
    components: {
      ConsoleLayout: () =>
        box(
          'swagger-ui',
          part(getComponent('SvgAssets')),
          part(getComponent('errors', true)),
          box('scheme-container', box('schemes wrapper', part(getComponent('AuthorizeBtnContainer', true)))),
          box('wrapper', part(getComponent('operations', true)))
        )
    }
  }
}

// The box for the token is drawn without a name; the keyboard starts in it and leaves it by Escape.
function namedDialog ({ React }) {
  return {
    wrapComponents: {
      authorizationPopup: (Popup, system) => (props) => {
        const dialog = React.useRef(null)
        React.useEffect(() => {
          const before = document.activeElement
          dialog.current.querySelector('input, button.btn').focus()
          return () => before?.focus()
        }, [])
        return React.createElement(
          'div',
          {
            ref: dialog,
            role: 'dialog',
            'aria-modal': 'true',
            'aria-label': 'Your token',
            onKeyDown: (event) => {
              if (event.key === 'Escape') system.authActions.showDefinitions(false)
            }
          },
          React.createElement(Popup, props)
        )
      }
    }
  }
}

const ui = window.SwaggerUIBundle({
  domNode: place,
  spec: { ...description, servers: [{ url: window.location.origin }] },
  plugins: [layout, namedDialog],
  layout: 'ConsoleLayout',
  docExpansion: 'list',
  deepLinking: false, // its links lie inside buttons
  syntaxHighlight: false, // its colours are too faint
  defaultModelsExpandDepth: -1,
  validatorUrl: null
})

// An address such as #/Participants/getParticipants opens an operation, as guidance links to it.
function openAddressed () {
  const [, tag, operation] = decodeURIComponent(window.location.hash).split('/')
  if (!operation) return
  ui.layoutActions.show(['operations', tag, operation], true)
  // What is opened is drawn later.
  window.setTimeout(() => {
    const drawn = document.getElementById(`operations-${tag.replaceAll(' ', '_')}-${operation}`)
    drawn?.scrollIntoView()
    drawn?.querySelector('button').focus({ preventScroll: true })
  }, 200)
}

openAddressed()
window.addEventListener('hashchange', openAddressed)

// The console draws some parts without a name, and text that only a mouse can scroll.
const NAMES = {
  select: (list) => list.closest('tr[data-param-name]')?.dataset.paramName ?? 'Example',
  textarea: () => 'Body',
  '.close-modal': () => 'Close',
  '.responses-table[role=region]': (table) => `Responses: ${summary(table)}`,
  pre: (text) => `${text.matches('.curl') ? 'Request' : 'Text'}: ${summary(text)}`
}

function summary (part) {
  const operation = part.closest('.opblock')?.querySelector('.opblock-summary-description')
  return operation?.textContent ?? ''
}

function nameParts () {
  for (const [kind, nameOf] of Object.entries(NAMES)) {
    for (const part of place.querySelectorAll(`${kind}:not([aria-label])`)) {
      part.setAttribute('aria-label', nameOf(part))
      if (kind !== 'pre') continue
      part.setAttribute('role', 'group')
      part.tabIndex = 0
    }
  }
}

new MutationObserver(nameParts).observe(place, { childList: true, subtree: true })
