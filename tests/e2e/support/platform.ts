import { createHmac } from 'node:crypto';
import type { APIRequestContext } from '@playwright/test';

// The demo's client of its sandbox, which no other program reaches.
const client = { key: 'demo', secret: 'demo' };

/** TikTok tells the site that somebody has revoked their permission there, signed as TikTok signs. */
export function takeBack(request: APIRequestContext, openID: string, secret = client.secret) {
  const at = Math.floor(Date.now() / 1000);
  const body = JSON.stringify({
    client_key: client.key, event: 'authorization.removed', create_time: at, user_openid: openID, content: '{"reason":1}',
  });
  const signature = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
  return request.post('/hooks/tiktok', {
    data: body, headers: { 'Content-Type': 'application/json', 'TikTok-Signature': `t=${at},s=${signature}` },
  });
}
