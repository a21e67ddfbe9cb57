import { Frame } from '../pages/frame';
import { Search } from '../pages/search';
import { Privacy } from '../pages/settings';
import { expect, test } from '../support/server';
import { unzip } from '../support/zip';

test('creators take along what is held on them, and erase themselves', async ({ people, world }) => {
  const tess = world.people[33];
  const creator = await people.creator(tess);
  await new Frame(creator).speak('en');
  const privacy = new Privacy(creator);

  await test.step('the zip has everything, but no secret', async () => {
    await privacy.open();
    const files = unzip(await privacy.download());
    for (const name of ['everything.json', 'people.csv', 'creators.csv', 'creator_accounts.csv', 'posts.csv']) {
      expect([...files.keys()], 'entries of the zip').toContain(name);
    }
    expect(JSON.stringify(JSON.parse(files.get('everything.json')!))).toContain(tess.handle);
    expect(files.get('creator_accounts.csv')).toContain(tess.handle);
    for (const [name, text] of files) expect(text, name).not.toMatch(/act\.[\w.-]{20}|rft\.[\w.-]{20}|argon2id/);
  });

  await test.step('the creator is erased, only after saying that they are sure', async () => {
    await privacy.open();
    await privacy.erase.click();
    await expect(creator.getByRole('alert')).toContainText('Tick the box to confirm that you are sure.');
    await privacy.sure.check();
    await privacy.erase.click();
    await expect(creator.getByText('Everything held about you here has been deleted.')).toBeVisible();
  });

  await test.step('nobody finds the creator any more', async () => {
    expect((await creator.goto(tess.path))?.status()).toBe(404);
    await creator.goto('/dashboard');
    await expect(creator).toHaveURL(/\/signin/);
    const search = new Search(creator);
    await search.open(`?q=${tess.handle}`);
    expect(await search.total()).toBe(0);
  });
});

test('a creator with a running deal is told what their erasure waits for', async ({ people, world }) => {
  const creator = await people.creator(world.people[6]);
  await new Frame(creator).speak('en');
  const privacy = new Privacy(creator);
  await privacy.open();
  await expect(creator.getByText(/put on hold, and the other sides? (is|are) told/)).toBeVisible();
  await expect(privacy.erase).toHaveCount(1);
});
