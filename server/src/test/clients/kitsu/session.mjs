// What an application does with Parley through kitsu, a JSON:API client that knows nothing of Parley.
// Takes the base URL, the token and the phone number of a candidate who has written; ends with 0 when all went well.
import assert from 'node:assert/strict'
import Kitsu from 'kitsu'

const [baseURL, token, phone] = process.argv.slice(2)
const api = new Kitsu({ baseURL, headers: { Authorization: `Bearer ${token}` }, query: 'modern' })

async function refused (status, call) {
  const failure = await call().then(() => assert.fail('was not refused'), failure => failure)
  assert.equal(failure.response?.status, status, String(failure))
  return failure.errors ?? failure.response.data.errors
}

async function until (read, holds) {
  const end = Date.now() + 30_000
  for (;;) {
    const value = await read()
    if (holds(value)) return value
    assert.ok(Date.now() < end, `waited too long: ${JSON.stringify(value)}`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

// Lists, with counts and links.
const statuses = await api.get('candidateStatuses', { params: { sort: 'position', page: { size: 2 } } })
assert.equal(statuses.data.length, 2)
assert.equal(statuses.meta.total, 4)
assert.ok(statuses.links.next)
const more = await api.axios.get(new URL(statuses.links.next, baseURL).href, { headers: api.headers })
assert.equal(more.data.data.length, 2)

// Making and changing, with a relationship.
const [first, second] = statuses.data
const ada = (await api.create('candidates', {
  phone,
  firstName: 'Ada',
  candidateStatus: { data: { type: 'candidateStatuses', id: first.id } }
})).data
assert.equal(ada.candidateStatusId, first.id)
const changed = await api.update('candidates', {
  id: ada.id,
  lastName: 'Byron',
  candidateStatus: { data: { type: 'candidateStatuses', id: second.id } }
})
assert.equal(changed.data.lastName, 'Byron')

// Compound documents and sparse fieldsets.
const read = await api.get(`candidates/${ada.id}`, {
  params: { include: 'candidateStatus', fields: { candidates: 'firstName,candidateStatus', candidateStatuses: 'name' } }
})
assert.equal(read.data.firstName, 'Ada')
assert.equal(read.data.phone, undefined)
assert.equal(read.data.candidateStatus.data.name, second.name)

// A relationship by its own address, which this library writes in kebab-case.
const linkage = await api.get(`candidates/${ada.id}/relationships/candidateStatus`)
assert.equal(linkage.data.id, second.id)

// A write that rests on an older state.
await refused(412, () => api.update('candidates', { id: ada.id, lastName: 'King' }, {
  headers: { 'If-Match': '"older"' }
}))

// A message in the candidate's thread, through include over two steps.
const thread = (await api.create('messageThreads', {
  channel: 'whatsapp',
  identifier: phone,
  candidate: { data: { type: 'candidates', id: ada.id } }
})).data
const order = { sendBy: 'Grace', payload: { type: 'text', text: { value: 'When can you start?' } } }
const inThread = { ...order, messageThread: { data: { type: 'messageThreads', id: thread.id } } }
const once = { headers: { 'Idempotency-Key': 'kitsu-1' } }
const message = (await api.create('messages', inThread, once)).data
const repeated = (await api.create('messages', inThread, once)).data
assert.equal(repeated.id, message.id)
await until(() => api.get(`messages/${message.id}`), answer => answer.data.deliveryStatus !== 'accepted')
const listed = await api.get('messages', {
  params: {
    filter: { messageThreadId: thread.id },
    sort: '-createdAt',
    include: 'messageThread.candidate'
  }
})
assert.equal(listed.data[0].id, message.id)
assert.equal(listed.data[0].messageThread.data.candidate.data.firstName, 'Ada')

// Refusals name what is wrong.
const problems = await refused(422, () => api.create('messages', { messageThreadId: thread.id, payload: { type: 'text' } }))
assert.ok(problems.some(problem => problem.source.pointer === '/data/attributes'), JSON.stringify(problems))
assert.ok(problems.some(problem => problem.source.pointer === '/data/attributes/payload'), JSON.stringify(problems))
const unknown = await refused(400, () => api.get('candidates', { params: { filter: { shoeSize: '42' } } }))
assert.equal(unknown[0].source.parameter, 'filter[shoeSize]')

// Removing; kitsu sends a body with it.
assert.equal((await api.remove('candidates', ada.id)).status, 204)
await refused(404, () => api.get(`candidates/${ada.id}`))

console.log('all went well')
