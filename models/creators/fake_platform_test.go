package creators_test

import (
	"context"
	"fmt"
	"sync"
	"time"

	"tribemarket/models"
	"tribemarket/models/creators"
)

// fakePlatform is a platform that rotates its tokens, as TikTok does: one that was
// exchanged is dead, and so is every token after it has been used once more.
type fakePlatform struct {
	mu       sync.Mutex
	clock    models.Clock
	life     time.Duration
	profile  func(now time.Time) creators.PlatformProfile
	good     map[string]bool // refresh and access tokens that work
	n        int
	asked    map[string]int // calls, by kind
	busy     bool           // nothing is answered
	crash    bool           // Refresh answers, and whoever asked dies
	reused   bool           // a dead token was used
	readFail error
}

func newPlatform(clock models.Clock, profile func(now time.Time) creators.PlatformProfile) *fakePlatform {
	return &fakePlatform{clock: clock, life: 2 * time.Hour, profile: profile, good: map[string]bool{}, asked: map[string]int{}}
}

func (p *fakePlatform) grant() creators.PlatformToken {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.next()
}

func (p *fakePlatform) next() creators.PlatformToken {
	p.n++
	t := creators.PlatformToken{
		Access: fmt.Sprint("access-", p.n), Refresh: fmt.Sprint("refresh-", p.n), Scopes: []string{"user.info.stats", "video.list"},
		ExpiresAt: p.clock().Add(p.life), RefreshExpiresAt: p.clock().Add(180 * 24 * time.Hour),
	}
	p.good[t.Access], p.good[t.Refresh] = true, true
	return t
}

func (p *fakePlatform) calls(kind string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked[kind]
}

// Read is creators.Platform's.
func (p *fakePlatform) Read(_ context.Context, t creators.PlatformToken) (creators.PlatformProfile, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked["read"]++
	switch {
	case p.busy:
		return creators.PlatformProfile{}, fmt.Errorf("429: %w", creators.ErrPlatformBusy)
	case p.readFail != nil:
		return creators.PlatformProfile{}, p.readFail
	case !p.good[t.Access]:
		return creators.PlatformProfile{}, creators.ErrReconnect
	}
	out := p.profile(p.clock())
	out.ReadAt = p.clock()
	return out, nil
}

// Refresh is creators.Platform's.
func (p *fakePlatform) Refresh(_ context.Context, t creators.PlatformToken) (creators.PlatformToken, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked["refresh"]++
	if p.busy {
		return creators.PlatformToken{}, creators.ErrPlatformBusy
	}
	if !p.good[t.Refresh] {
		p.reused = true
		return creators.PlatformToken{}, creators.ErrReconnect
	}
	delete(p.good, t.Refresh)
	delete(p.good, t.Access)
	fresh := p.next()
	if p.crash {
		panic("the process ends here")
	}
	return fresh, nil
}

// Revoke is creators.Platform's.
func (p *fakePlatform) Revoke(_ context.Context, t creators.PlatformToken) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked["revoke"]++
	if p.busy {
		return creators.ErrPlatformBusy
	}
	delete(p.good, t.Access)
	delete(p.good, t.Refresh)
	return nil
}

// Validate is creators.Validator's.
func (p *fakePlatform) Validate(_ context.Context, t creators.PlatformToken) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked["validate"]++
	if !p.good[t.Access] {
		return creators.ErrReconnect
	}
	return nil
}
