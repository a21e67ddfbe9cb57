package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"tribemarket/internal/app"
	"tribemarket/internal/demo"
	"tribemarket/models"
	"tribemarket/models/creators"
)

// How a busy instance is made: profiles saved a second, and searches asked
// meanwhile, few enough that an idle instance has time left.
const (
	writesPerSecond   = 200
	writersAtOnce     = 32
	searchesPerSecond = 40
)

// measureBusy compares the slowest searches while profiles are saved and a file is
// imported with those of the same instance at rest.
func measureBusy(ctx context.Context, a *app.App, w demo.World, dir string, rounds int) error {
	path := filepath.Join(dir, "busy.csv")
	if err := writeListFile(path, 200_000, false); err != nil {
		return err
	}
	program := filepath.Join(dir, "tribemarket")
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", program, "./cmd/tribemarket").CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w: %s", err, out)
	}
	actors, forms, err := profileWriters(ctx, a, w)
	if err != nil {
		return err
	}
	var slow []float64
	for i := range rounds + 1 {
		idle, err := searchAtRate(a.Config.BaseURL, 6*time.Second)
		if err != nil {
			return err
		}
		inner, cancel := context.WithCancel(ctx)
		var written atomic.Int64
		var wg sync.WaitGroup
		wg.Go(func() { writeProfiles(inner, a, actors, forms, &written) })
		wg.Go(func() { importRepeatedly(inner, program, a.Config.DatabaseURL, path) })
		time.Sleep(time.Second)
		begin, before := time.Now(), written.Load()
		loaded, err := searchAtRate(a.Config.BaseURL, 6*time.Second)
		rate := float64(written.Load()-before) / time.Since(begin).Seconds()
		cancel()
		wg.Wait()
		if err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "p99 at rest %.1f ms, busy %.1f ms with %.0f writes/s\n", idle.Seconds()*1000, loaded.Seconds()*1000, rate)
		if i > 0 {
			slow = append(slow, loaded.Seconds()/idle.Seconds())
		}
	}
	printMeasure("search page, p99 busy / at rest", median(slow), 2, true)
	return nil
}

// profileWriters are the joined creators of the world with their profiles.
func profileWriters(ctx context.Context, a *app.App, w demo.World) (actors []models.Actor, forms []creators.ProfileForm, err error) {
	for _, p := range w.People {
		if p.Path == "" {
			continue
		}
		k, err := a.Creators.ReadMediaKit(ctx, models.Actor{}, filepath.Base(p.Path), "")
		if err != nil || k.Creator.PersonID == nil {
			continue // not listed
		}
		f := creators.ProfileForm{Name: k.Creator.Name, Country: k.Creator.Country, Zone: k.Creator.Zone, Languages: k.Languages, ContentTypes: k.ContentTypes}
		for _, t := range k.Tribes {
			f.Tribes = append(f.Tribes, t.Tribe.Slug)
		}
		actors = append(actors, models.Actor{PersonID: *k.Creator.PersonID, CreatorID: k.Creator.ID})
		forms = append(forms, f)
	}
	if len(actors) == 0 {
		return nil, nil, errors.New("nobody has joined")
	}
	return actors, forms, nil
}

// writeProfiles saves profiles, a changed one each time, as many people at once as need
// to wait for the database's one writer.
func writeProfiles(ctx context.Context, a *app.App, actors []models.Actor, forms []creators.ProfileForm, written *atomic.Int64) {
	tick := time.NewTicker(time.Second / writesPerSecond)
	defer tick.Stop()
	next := make(chan int)
	defer close(next)
	for range writersAtOnce {
		go func() {
			for n := range next {
				i := n % len(actors)
				f := forms[i]
				f.Bio = fmt.Sprintf("Word%d of the day", n)
				if err := a.Creators.EditProfile(ctx, actors[i], f); err == nil {
					written.Add(1)
				} else if ctx.Err() == nil {
					fmt.Fprintln(os.Stderr, "write:", err)
				}
			}
		}()
	}
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			select {
			case next <- n:
			case <-ctx.Done():
				return
			}
		}
	}
}

// importRepeatedly imports a file again and again, by the program as an operator would.
func importRepeatedly(ctx context.Context, program, database, path string) {
	for ctx.Err() == nil {
		c := exec.CommandContext(ctx, program, "import", "--as-of", models.DateOf(time.Now()).String(), path)
		c.Env = append(os.Environ(), "DATABASE_URL="+database)
		if out, err := c.CombinedOutput(); err != nil && ctx.Err() == nil {
			fmt.Fprintf(os.Stderr, "import: %v: %s\n", err, out)
			return
		}
	}
}

// searchAtRate asks for searches at a steady rate and gives the 99th percentile.
func searchAtRate(base string, long time.Duration) (time.Duration, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, DisableCompression: true}}
	defer client.CloseIdleConnections()
	tick := time.NewTicker(time.Second / searchesPerSecond)
	defer tick.Stop()
	var mu sync.Mutex
	var took []time.Duration
	var broken error
	var wg sync.WaitGroup
	start := time.Now()
	for i := 0; time.Since(start) < long; i++ {
		<-tick.C
		wg.Go(func() {
			begin := time.Now()
			err := fetchPage(client, base+searchPaths[i%len(searchPaths)])
			mu.Lock()
			defer mu.Unlock()
			took, broken = append(took, time.Since(begin)), errors.Join(broken, err)
		})
	}
	wg.Wait()
	if broken != nil || len(took) == 0 {
		return 0, fmt.Errorf("the round is void: %w", broken)
	}
	slices.Sort(took)
	return took[len(took)*99/100], nil
}
