/** Every kind of page, who sees it, and how they get there. */
import type { Page } from '@playwright/test';
import type { Language, Theme } from '../support/axe';
import { expect, test, type People, type World } from '../support/server';
import { workbook } from '../support/workbook';
import { Frame } from './frame';
import { Mails } from './mails';

/** A kind of page: where to find some of it, and what to do there first. */
type Kind = { name: string; find: (page: Page, world: World) => Promise<string[]> | string[]; then?: (page: Page, world: World) => Promise<void> };

const at = (path: string): Kind => ({ name: path, find: () => [path] });

/** The pages that a list leads to: its proposals, or its deals, at most a few. */
const from = (list: string, most = 8): Kind => ({
  name: `from ${list}`,
  find: async (page) => {
    await page.goto(list);
    const paths = await page.getByRole('rowheader').getByRole('link').evaluateAll((links) => links.map((a) => a.getAttribute('href')!));
    expect(paths.length, `rows of ${list}`).toBeGreaterThan(0);
    return paths.slice(0, most);
  },
});

/** A form sent without answers, which comes back with errors. */
const refused = (kind: Kind, form: string, send = `${form} button:not([name])`): Kind => ({
  name: `${kind.name}, refused`,
  find: kind.find,
  then: async (page) => {
    for (const field of await page.locator(`${form} input.input:not([type=file]):visible`).all()) await field.fill('');
    await page.locator(send).last().click();
    await expect(page.getByRole('alert')).toBeVisible();
  },
});

const creator = (n: number, rest = ''): Kind => ({
  name: `a creator${rest}`,
  find: (_, world) => [`${world.people[n].path}${rest}`],
});

/** A contract that waits; of the brands, one has such. */
const contract: Kind = {
  name: 'a contract',
  find: async (page) => {
    await page.goto('/dashboard');
    return (await page.locator('main a[href^="/contracts/"]').evaluateAll((links) => links.map((l) => l.getAttribute('href')!))).slice(0, 1);
  },
};

/** The form of an amendment, to which the page of a deal with a signed contract leads. */
const amendment: Kind = {
  name: 'an amendment',
  find: async (page) => {
    await page.goto('/deals?status=all');
    for (const deal of await page.locator('main a[href^="/deals/"]').evaluateAll((links) => links.map((l) => l.getAttribute('href')!))) {
      await page.goto(deal);
      const form = page.locator('main a[href$="/amendments/new"]');
      if (await form.count()) return [(await form.first().getAttribute('href'))!];
    }
    return [];
  },
};

/** The first page of such a path to which a list leads. */
const firstOf = (list: string, path = `${list}/`, rest = ''): Kind => ({
  name: `the first ${path}…${rest} of ${list}`,
  find: async (page) => {
    await page.goto(list);
    return [`${await page.locator(`main a[href^="${path}"]`).first().getAttribute('href')}${rest}`];
  },
});

/** The lists that a creator can go on. */
const adding: Kind = {
  name: 'adding to a list',
  find: async (page, world) => {
    await page.goto(world.people[20].path);
    return [(await page.locator('main a[href^="/shortlists/add"]').first().getAttribute('href'))!];
  },
};

/** The link of an invitation that the brand sends. */
const invitation: Kind = {
  name: 'an invitation',
  find: async (page) => {
    await page.goto('/settings/members');
    const guest = `guest${Date.now()}@brindille.example`;
    await page.locator('form[action="/settings/members/invitations"] input[type=email]').fill(guest);
    await page.locator('form[action="/settings/members/invitations"] select').selectOption({ index: 1 });
    await page.locator('form[action="/settings/members/invitations"] button').click();
    await expect(page.locator('.flash')).toBeVisible();
    return [new URL(await new Mails(page).link(guest, '/invitations/')).pathname];
  },
};

/** A file that an administrator uploads, whose columns are still to be chosen. */
const upload: Kind = {
  name: 'an import',
  find: async (page) => {
    await page.goto('/admin/imports');
    const buffer = workbook([['Wer', 'Wieviele', 'Instagram followers'], ['mossy.kettle', '48.2K', '12K'], ['fern.workshop', '12K', '']]);
    await page.locator('input[type=file]').setInputFiles({ name: 'a-list-with-a-long-name-of-the-spring-fair-in-the-north.xlsx', mimeType: 'application/octet-stream', buffer });
    await page.locator('form[enctype="multipart/form-data"] button').click();
    await page.waitForURL('**/admin/imports/*');
    return [new URL(page.url()).pathname];
  },
};

const comparison: Kind = {
  name: 'a comparison',
  find: (_, world) => [`/compare?${world.people.slice(0, 3).map((who) => `c=${who.path.split('/').pop()}`).join('&')}`],
};

export type Audience = 'visitor' | 'brand' | 'creator' | 'administrator';

export const kinds: Record<Audience, Kind[]> = {
  visitor: [
    at('/'), at('/example/creator'), at('/example/deal'), at('/creators'), at('/creators?tribe=foodtok&platform=tiktok&followers_min=20000'), at('/creators?q=zzzzqqqq'), at('/creators?country=FR&asked=creators+in+France%2C+vegan'),
    at('/creators?followers_min=many'), creator(0), creator(0, '/similar'), comparison,
    at('/tribes'), at('/tribes/foodtok'), at('/rankings?tribe=foodtok'), at('/rankings?by=growth&period=month'), at('/searches/unsubscribe/no-such-token'),
    at('/signup'), refused(at('/signup'), 'main form'), at('/signin'), refused(at('/signin'), 'main form[action="/signin"]'),
    at('/about/figures'), at('/about/rules'), at('/about/law'), at('/check'), refused(at('/check'), 'main form'), at('/about/accessibility'), at('/about/privacy'), at('/forgot'), refused(at('/forgot'), 'main form'), at('/reset/no-such-link'),
    {
      name: 'a claim',
      find: async (page) => {
        await page.goto('/creators?sort=followers&country=IT'); // few enough that those who have not joined come soon
        for (let n = 0; n < 3; n++) {
          for (const hit of await page.locator('main h3 a').all()) {
            const path = (await hit.getAttribute('href'))!.split('?')[0];
            if ((await page.request.get(`${path}/claim`)).ok()) return [path, `${path}/claim`];
          }
          await page.goto((await page.locator('a[rel=next]').getAttribute('href'))!);
        }
        throw new Error('no unclaimed profile');
      },
    }, at('/demo/mails'), at('/dev/components'),
    at('/no-such-page'), at('/join/no-such-link'),
    {
      name: 'a refused consent',
      find: () => ['/signin'],
      then: async (page, world) => {
        await page.locator('form[action="/auth/tiktok"] button').click();
        await page.locator('button[value=refuse]').click();
        await page.waitForURL(`${world.url}/auth/**`);
      },
    },
  ],
  brand: [
    at('/dashboard'), contract, amendment, refused(amendment, '#offer', 'button[form=offer]'), at('/settings/door'), at('/negotiations'), from('/negotiations'), at('/negotiations?state=expired'),
    firstOf('/negotiations?state=with_brand', '/negotiations/', '/offers/new'), refused(firstOf('/negotiations?state=with_brand', '/negotiations/', '/offers/new'), '#offer', 'button[form=offer]'),
    at('/deals'), from('/deals?status=all'),
    creator(20, '/negotiations/new'), refused(creator(20, '/negotiations/new'), '#offer', 'button[form=offer]'), creator(4),
    at('/settings'), at('/settings/brand'), refused(at('/settings/brand'), 'main form'),
    at('/settings/security'), refused(at('/settings/security'), 'main form[action="/settings/security/password"]'),
    {
      name: 'a factor to set up',
      find: () => ['/settings/security'],
      then: async (page) => {
        await page.locator('form[action$="/factor/begin"] button').click();
        await expect(page.locator('code.secret')).toBeVisible();
      },
    },
    at('/settings/members'), refused(at('/settings/members'), 'form[action="/settings/members/invitations"]'), invitation,
    at('/settings/members/transfer'), at('/settings/brand/logo'), at('/settings/templates'), at('/settings/approval'), at('/settings/budget'), refused(at('/settings/budget'), 'main form[action="/settings/budget"]'), at('/settings/business'), at('/settings/contract-identity'), refused(at('/settings/contract-identity'), 'main form[action="/settings/contract-identity"]'), at('/settings/domain'), at('/settings/privacy'), at('/settings/blocks'), at('/brands/new'),
    at('/creators?tribe=foodtok'), at('/searches'), firstOf('/searches', '/searches/'), at('/searches/new?tribe=foodtok&country=FR'),
    at('/shortlists'), firstOf('/shortlists'), firstOf('/shortlists', '/shortlists/', '/budget?amount=3000'), adding, comparison,
    { name: 'a report', find: (_, world) => [`/reports/new?about=creator&id=${world.people[0].path.split('/').pop()}`] },
  ],
  creator: [
    at('/dashboard'), at('/brands'), at('/negotiations'), from('/negotiations', 3), firstOf('/negotiations?state=with_creator', '/negotiations/', '/offers/new'), at('/deals'), from('/deals?status=all', 4),
    at('/settings'), at('/settings/profile'), at('/settings/profile/pictures'), at('/welcome'), creator(0),
    at('/settings/accounts'), at('/settings/limits'), at('/settings/eligibility'), at('/settings/contract-identity'), at('/settings/profile/audience'),
    at('/settings/security'), at('/settings/privacy'),
    {
      name: 'a post',
      find: async (page, world) => {
        await page.goto(new URL(world.people[0].path, page.url()).pathname);
        return [(await page.locator('.posts a').first().getAttribute('href'))!];
      },
    },
    {
      name: 'a brand',
      find: async (page) => {
        await page.goto((await from('/deals', 1).find(page, undefined as never))[0]);
        return [(await page.locator('main a[href^="/b/"]').first().getAttribute('href'))!];
      },
    },
  ],
  administrator: [
    at('/admin'), at('/admin/people'), firstOf('/admin/people'), at('/admin/brands'), firstOf('/admin/brands'), at('/admin/deals'),
    at('/admin/creators'), firstOf('/admin/creators'), at('/admin/reports'), at('/admin/tribes'), firstOf('/admin/tribes'), at('/admin/tribes/new'),
    at('/admin/programmes'), at('/admin/relevance'), at('/admin/work'), at('/admin/audit'),
    at('/admin/imports'), refused(at('/admin/imports'), 'main form'), upload, at('/settings/security'),
    {
      name: 'a second factor',
      find: async (page) => {
        await page.locator('form[action="/signout"] button').first().dispatchEvent('click');
        await page.waitForURL((url) => url.pathname === '/');
        return ['/signin'];
      },
      then: async (page, { admin }) => {
        await page.locator('input[name=email]').fill(admin.email);
        await page.locator('input[name=password]').fill(admin.password);
        await page.locator('input[name=password]').press('Enter');
        await page.waitForURL('**/signin/factor?*');
      },
    },
  ],
};

/** Goes to every page of an audience, and looks at each. */
export async function visit(page: Page, world: World, all: Kind[], look: () => Promise<void>) {
  for (const kind of all) {
    await test.step(kind.name, async () => {
      for (const path of await kind.find(page, world)) {
        await page.goto(path);
        await kind.then?.(page, world);
        await page.waitForLoadState(); // what the errors are above may still be on its way
        await look();
      }
    });
  }
}

const arriving: Record<Audience, (people: People, world: World) => Promise<Page>> = {
  visitor: (people) => people.someone(),
  brand: (people, world) => people.brand(world.brands[0]),
  creator: (people, world) => people.creator(world.people[0]),
  administrator: (people) => people.administrator(),
};

export async function arrive(audience: Audience, people: People, world: World, theme: Theme, language: Language) {
  const page = await arriving[audience](people, world);
  await page.context().addCookies([{ name: 'theme', value: theme, url: world.url }]);
  if (audience === 'visitor') await page.goto('/about/rules');
  await new Frame(page).speak(language);
  return page;
}

export const who = (audience: Audience) => `${/^[aeiou]/.test(audience) ? 'an' : 'a'} ${audience}`;
