// What a provider's system would write against the generated types; the compiler checks it.
import createClient from 'openapi-fetch'
import type { components, paths } from './api'

type Schemas = components['schemas']

const client = createClient<paths>({
  baseUrl: 'https://example.org',
  headers: { Authorization: 'Bearer TOKEN' }
})

// A value that can be null is one, and no other is.
export const unknown: Schemas['ParticipantECFEnrolment']['email'] = null
export const ended: Schemas['ParticipantECFEnrolment']['withdrawal'] = {
  reason: 'moved-school',
  date: '2026-02-10T14:00:00Z'
}
// @ts-expect-error the school is always known
export const urn: Schemas['ParticipantECFEnrolment']['school_urn'] = null

// Lists of values are closed.
export const state: Schemas['DeclarationState'] = 'awaiting-clawback'
// @ts-expect-error no such state
export const noState: Schemas['DeclarationState'] = 'ineligible'

export async function names (): Promise<string[]> {
  const { data, error } = await client.GET('/api/v3/participants', {
    params: { query: { 'filter[cohort]': '2026', 'page[per_page]': 3000 } }
  })
  if (data === undefined) throw new Error(JSON.stringify(error))
  return data.data.map((each) => each.attributes.full_name)
}

export async function transferOf (id: string): Promise<string | null> {
  const { data } = await client.GET('/api/v3/participants/{id}/transfers', {
    params: { path: { id } }
  })
  const one: Schemas['ParticipantTransfer'] | undefined = data?.data
  return one?.attributes.transfers[0]?.joining?.school_urn ?? null
}

export async function declare (participant: string): Promise<string[]> {
  const { error } = await client.POST('/api/v3/participant-declarations', {
    body: {
      data: {
        type: 'participant-declaration',
        attributes: {
          participant_id: participant,
          declaration_type: 'started',
          declaration_date: '2026-10-03T10:30:00+01:00',
          course_identifier: 'ecf-induction',
          evidence_held: 'training-event-attended'
        }
      }
    }
  })
  return error !== undefined && 'errors' in error ? error.errors.map((each) => each.code ?? '') : []
}
