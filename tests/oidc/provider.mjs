// An OpenID Connect provider on loopback, for as long as its standard input is
// open. It says its address, reads the client's redirect address, and says ready.
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'
import Provider from 'oidc-provider'

const server = createServer()
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))

const input = createInterface({ input: process.stdin })
input.once('line', (redirect) => {
	const provider = new Provider(`http://127.0.0.1:${server.address().port}`, {
		clients: [{ client_id: 'market', client_secret: 'a secret of the market', redirect_uris: [redirect] }],
		claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
		findAccount: (_, id) => ({
			accountId: id,
			claims: () => ({ sub: id, email: `${id}@brand.example`, email_verified: true, name: `Name of ${id}` }),
		}),
		pkce: { required: () => true },
		cookies: { keys: ['for tests alone'] },
	})
	server.on('request', provider.callback())
	console.log('ready')
})
input.once('close', () => process.exit())
