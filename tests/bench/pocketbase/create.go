package main

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// created is how long records are added.
const created = 4 * time.Second

// connect is PocketBase's own connection, but for a commit that waits for the disk.
func connect(path string) (*dbx.DB, error) {
	return dbx.Open("sqlite", path+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=journal_size_limit(200000000)&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32000)")
}

// create adds records of the size of an offer through PocketBase's Save.
func create(dir, clients string) error {
	n, err := strconv.Atoi(clients)
	if err != nil {
		return err
	}
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: dir, DBConnect: connect})
	if err := app.Bootstrap(); err != nil {
		return err
	}
	if err := app.RunAllMigrations(); err != nil {
		return err
	}
	c, err := app.FindCollectionByNameOrId("offers")
	if err != nil {
		c = core.NewBaseCollection("offers")
		for _, name := range []string{"negotiation", "side", "terms", "message", "notes", "key", "expires"} {
			c.Fields.Add(&core.TextField{Name: name})
		}
		c.Fields.Add(&core.NumberField{Name: "number"}, &core.AutodateField{Name: "created", OnCreate: true})
		c.AddIndex("by_key", true, "`negotiation`, `key`", "")
		if err := app.Save(c); err != nil {
			return err
		}
	}
	terms := strings.Repeat("t", 600)
	var added, key atomic.Int64
	key.Store(time.Now().UnixNano())
	var all sync.WaitGroup
	failed := make(chan error, n)
	began := time.Now()
	for client := range n {
		all.Go(func() {
			for time.Since(began) < created {
				r := core.NewRecord(c)
				r.Load(map[string]any{
					"negotiation": client, "side": "brand", "terms": terms, "message": "Would you try our oats?", "notes": "{}",
					"key": key.Add(1), "expires": "2026-12-04 23:00:00", "number": 2,
				})
				if err := app.Save(r); err != nil {
					failed <- err
					return
				}
				added.Add(1)
			}
		})
	}
	all.Wait()
	fmt.Printf("%.1f\n", float64(added.Load())/time.Since(began).Seconds())
	select {
	case err := <-failed:
		return err
	default:
		return nil
	}
}
