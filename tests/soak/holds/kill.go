package holds

import (
	"context"
	"math/rand/v2"
	"os/exec"
	"strings"
	"time"

	"tribemarket/tests/soak/instance"
)

// killRepeatedly kills a node and an import beside it again and again while people write.
func killRepeatedly(ctx context.Context, b bench, database string) error {
	site, err := instance.NewSite(b.program, b.dir, database, 20*time.Millisecond)
	if err != nil {
		return err
	}
	defer func() { _ = site.Close(ctx) }()
	m, node, err := startMarket(ctx, site)
	if err != nil {
		return err
	}
	defer func() { _ = node.Kill() }()
	list, err := writeList(b.dir, b.importedRows)
	if err != nil {
		return err
	}
	imports := []string{"import", "--as-of", "2026-10-01", list}

	end := m.writeMeanwhile(ctx)
	var slowest time.Duration
	for range b.kills {
		importing := exec.CommandContext(ctx, site.Program, imports...)
		importing.Env = site.Environment()
		if err := importing.Start(); err != nil {
			end()
			return err
		}
		sleep(ctx, b.alive/4+rand.N(b.alive*3/4))
		_ = importing.Process.Kill()
		_ = importing.Wait()
		if err := node.Kill(); err != nil {
			end()
			return err
		}
		took, err := node.StartReady()
		if err != nil {
			end()
			return err
		}
		slowest = max(slowest, took)
	}
	sleep(ctx, b.alive)
	m.writeEnough(ctx)
	end()
	b.Note("kills with kill -9, of the node and of an import", b.kills)
	b.Within("slowest start after a kill", slowest, 15*time.Second)

	// What the last kill cuts off has to go on by itself.
	if err := node.Kill(); err != nil {
		return err
	}
	if _, err := node.StartReady(); err != nil {
		return err
	}
	if b.waitForJobs {
		took, left, err := m.waitForJobs(ctx, 3*time.Minute)
		if err != nil {
			return err
		}
		b.Within("jobs that the last kill cut off went on within", took, 2*time.Minute)
		b.None("jobs that did not", left)
	}
	out, err := site.Run(ctx, imports...)
	b.Check("the import runs to its end", err)
	b.Note("of it", strings.TrimSpace(out[strings.LastIndex(strings.TrimSpace(out), "\n")+1:]))
	if err := m.checkImported(ctx, b); err != nil {
		return err
	}
	if err := m.checkMails(ctx, b); err != nil {
		return err
	}
	if err := m.checkKept(ctx, b); err != nil {
		return err
	}
	b.Check("it stops by itself", node.Stop())
	return nil
}

// checkImported counts the accounts of the file, each of which is there once.
func (m *market) checkImported(ctx context.Context, b bench) error {
	a, err := m.Open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	var accounts int
	if err := a.DB.Read(ctx).Raw("SELECT count(DISTINCT creator_id) FROM creator_accounts WHERE handle_key LIKE 'maker%'").Scan(&accounts).Error; err != nil {
		return err
	}
	b.Exactly("creators imported", accounts, b.importedRows)
	return nil
}
