import { arrive, kinds, visit, who } from '../pages/kinds';
import { Consent, SignIn } from '../pages/signing-in';
import { expectAccessible, type Language, type Theme } from '../support/axe';
import { expect, test } from '../support/server';

// Both themes and widths with axe; the lengths of words are looked at in narrow.spec.ts, and so
// are the administrator's tables on a phone.
type Look = [Theme, Language, '@desktop' | '@phone'];
const light: Look = ['light', 'en', '@desktop'];
const looks: Record<'visitor' | 'brand' | 'creator' | 'administrator', Look[]> = {
  visitor: [light, ['dark', 'nl', '@phone']],
  brand: [light, ['dark', 'fr', '@phone']],
  creator: [light, ['dark', 'fr', '@phone']],
  administrator: [light, ['dark', 'nl', '@desktop']],
};

for (const audience of ['visitor', 'brand', 'creator', 'administrator'] as const) {
  for (const [theme, language, width] of looks[audience]) {
    test(`pages of ${who(audience)}, ${theme}, ${language}`, { tag: width }, async ({ people, world }) => {
      test.slow();
      const page = await arrive(audience, people, world, theme, language);
      await visit(page, world, kinds[audience], async () => {
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
        await expectAccessible(page);
      });
    });
  }
}

test('the stand-in for TikTok', async ({ page }) => {
  await new SignIn(page).withTikTok();
  await expect(page.getByRole('button', { name: /^Continue as/ }).first()).toBeVisible();
  await expectAccessible(page);
  await new Consent(page).refuse();
});
