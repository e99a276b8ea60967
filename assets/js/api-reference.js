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

// What opened the box for the token last: there the keyboard goes on when the box closes.
let opener = null

place.addEventListener('click', (event) => {
  const button = event.target.closest('.btn.authorize, .authorization__btn')
  if (button && !button.closest('[role="dialog"]')) opener = button
}, true)

// Keep the keyboard in a dialog: from its last part Tab leads to its first, and back.
function keepTabIn (dialog) {
  function turn (event) {
    if (event.key !== 'Tab') return
    const parts = [...dialog.querySelectorAll('a[href], button, input')]
    const from = document.activeElement
    const last = parts[event.shiftKey ? 0 : parts.length - 1]
    if (dialog.contains(from) && from !== last) return
    event.preventDefault()
    parts[event.shiftKey ? parts.length - 1 : 0].focus()
  }
  document.addEventListener('keydown', turn)
  return () => document.removeEventListener('keydown', turn)
}

// The box for the token is drawn without a name, and by the words of the library: here it is a
// dialog, which Escape closes, and what is written on its buttons is what they are called.
function tokenDialog ({ React }) {
  const element = React.createElement

  function Dialog ({ Popup, ...props }) {
    const dialog = React.useRef(null)
    React.useEffect(() => {
      const release = keepTabIn(dialog.current)
      return () => {
        release()
        const back = opener?.isConnected ? opener : place.querySelector('.btn.authorize')
        back?.focus()
      }
    }, [])
    const named = { ref: dialog, role: 'dialog', 'aria-modal': 'true', 'aria-label': 'Your token' }
    return element('div', named, element(Popup, props))
  }

  // The keyboard is in the field, or on what is said once the token is held.
  function Token ({ name, schema, authorized, onChange }) {
    const held = Boolean(authorized?.getIn([name, 'value']))
    const first = React.useRef(null)
    React.useEffect(() => first.current.focus(), [held])
    if (held) {
      return element(
        'p',
        { ref: first, tabIndex: -1 },
        'What you send from this page carries your token. It is forgotten when you leave the page or select “Logout”.'
      )
    }
    return element(
      'div',
      null,
      element('p', null, schema.get('description')),
      element('label', { htmlFor: 'auth-bearer-value' }, 'Token'),
      element('input', {
        ref: first,
        id: 'auth-bearer-value',
        type: 'text',
        autoComplete: 'off',
        spellCheck: false,
        onChange: (event) => onChange({ name, schema, value: event.target.value.trim() })
      })
    )
  }

  function named (Button) {
    return ({ 'aria-label': said, ...props }) => {
      const written = typeof props.children === 'string'
      return element(Button, written ? props : { ...props, 'aria-label': said })
    }
  }

  return {
    wrapComponents: {
      authorizationPopup: (Popup) => (props) => element(Dialog, { Popup, ...props }),
      HttpAuth: () => Token,
      Button: named
    }
  }
}

const ui = window.SwaggerUIBundle({
  domNode: place,
  spec: { ...description, servers: [{ url: window.location.origin }] },
  plugins: [layout, tokenDialog],
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
