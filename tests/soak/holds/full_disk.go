package holds

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"tribemarket/tests/soak/instance"
)

// errCannotMount says that a small disk cannot be made here.
var errCannotMount = errors.New("no small disk can be mounted: run as root, or under `unshare -Urm`")

// fillDisk runs the program on a small disk, fills it, and makes room again.
func fillDisk(ctx context.Context, b bench) error {
	disk := filepath.Join(b.dir, "disk")
	if err := os.MkdirAll(disk, 0o750); err != nil {
		return err
	}
	if out, err := exec.CommandContext(ctx, "mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=%dm", b.diskMB), "tmpfs", disk).CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %w: %s", errCannotMount, err, out)
	}
	defer func() { _ = exec.Command("umount", "-l", disk).Run() }()
	site, err := instance.NewSite(b.program, b.dir, "sqlite:"+filepath.Join(disk, "market.db"), 0)
	if err != nil {
		return err
	}
	defer func() { _ = site.Close(ctx) }()
	m, node, err := startMarket(ctx, site)
	if err != nil {
		return err
	}
	defer func() { _ = node.Kill() }()
	end := m.writeMeanwhile(ctx)
	sleep(ctx, b.away)

	ballast := filepath.Join(disk, "ballast")
	refused, tries, unclear := instance.Answer{}, 0, 0
	for ; refused.Status == 0 && tries < 5_000; tries++ {
		if err := fillUp(ballast); err != nil {
			end()
			return err
		}
		a, err := m.brands[1].Post("/c/"+m.creatorID+"/negotiations", offer(rand.Text()))
		switch {
		case err == nil && a.Status == http.StatusServiceUnavailable:
			refused = a
		case err != nil || a.Status != http.StatusSeeOther:
			unclear++
		}
	}
	b.Exactly("a write on the full disk answers", refused.Status, http.StatusServiceUnavailable)
	b.None("writes with another answer than done or 503", unclear)
	b.Check("its answer says when to try again", have(refused.Header.Get("Retry-After") != "" && len(refused.Body) > 0))
	began := time.Now()
	for node.Probe() != http.StatusServiceUnavailable && time.Since(began) < 10*time.Second {
		if err := fillUp(ballast); err != nil {
			end()
			return err
		}
		sleep(ctx, 100*time.Millisecond)
	}
	b.Within("not ready after", time.Since(began), 3*time.Second)
	var wrong []any
	for range 20 {
		for _, path := range []string{"/", "/creators", "/c/" + m.creatorID, "/negotiations", "/deals", "/dashboard"} {
			if a, err := m.brands[0].Get(path); err != nil || a.Status >= http.StatusBadRequest {
				wrong = append(wrong, fmt.Sprint(path, " answers ", a.Status, err))
			}
		}
	}
	b.None("pages that cannot be read meanwhile", len(wrong), wrong...)

	if err := os.Remove(ballast); err != nil {
		end()
		return err
	}
	_, err = node.WaitReady(time.Now(), 5*time.Second)
	b.Check("ready again within 5 s of room", err)
	a, err := m.brands[1].Post("/c/"+m.creatorID+"/negotiations", offer(rand.Text()))
	b.Check("a write works again", errors.Join(err, have(a.Status == http.StatusSeeOther)))
	sleep(ctx, b.away/2)
	m.writeEnough(ctx)
	end()
	if err := m.checkIntegrity(ctx, b); err != nil {
		return err
	}
	if err := m.checkKept(ctx, b); err != nil {
		return err
	}
	b.Check("it stops by itself", node.Stop())
	return nil
}

// have is an error unless something is so.
func have(so bool) error {
	if so {
		return nil
	}
	return errors.New("it is not so")
}

// fillUp lets a file grow until the disk is full.
func fillUp(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	for size := 1 << 20; size >= 1<<9; {
		if n, err := f.Write(make([]byte, size)); err != nil || n < size {
			size /= 2
		}
	}
	return nil
}

func (m *market) checkIntegrity(ctx context.Context, b bench) error {
	a, err := m.Open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	var found string
	if err := a.DB.Read(ctx).Raw("PRAGMA integrity_check").Scan(&found).Error; err != nil {
		return err
	}
	b.Check("PRAGMA integrity_check", have(found == "ok"))
	return nil
}
