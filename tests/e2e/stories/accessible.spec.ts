import { arrive, kinds, visit, who } from '../pages/kinds';
import { Consent, SignIn } from '../pages/signing-in';
import { expectAccessible, type Language, type Theme } from '../support/axe';
import { expect, test } from '../support/server';

// Both themes, widths and all languages with axe; the lengths of words are looked at in narrow.spec.ts.
const looks: [Theme, Language, '@desktop' | '@phone'][] = [['light', 'en', '@desktop'], ['dark', 'nl', '@desktop'], ['dark', 'fr', '@phone']];

for (const audience of ['visitor', 'brand', 'creator', 'administrator'] as const) {
  for (const [theme, language, width] of looks) {
    if (audience === 'administrator' && width === '@phone') continue; // their tables are looked at in narrow.spec.ts
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
