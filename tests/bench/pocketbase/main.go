// Command pocketbase serves the rows of a CSV file as PocketBase does, as a peer
// for the benchmark: one collection with an index for each sort and the usual
// filters, its request log switched off. It prints a line when it answers.
//
// With "create" it adds records instead, from so many clients at once, each on the disk before
// it counts, and prints how many a second.
//
// It is a module of its own, so that the marketplace depends on nothing of it.
package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	_ "github.com/pocketbase/pocketbase/migrations" // its own tables
	"github.com/pocketbase/pocketbase/tools/types"
)

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: pocketbase FOLDER ROWS.csv HOST:PORT, or pocketbase create FOLDER CLIENTS")
	}
	var err error
	if os.Args[1] == "create" {
		err = create(os.Args[2], os.Args[3])
	} else {
		err = run(os.Args[1], os.Args[2], os.Args[3])
	}
	if err != nil {
		log.Fatal(err)
	}
}

func run(dir, rows, address string) error {
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: dir})
	if err := app.Bootstrap(); err != nil {
		return err
	}
	if err := app.RunAllMigrations(); err != nil {
		return err
	}
	app.Settings().Logs.MaxDays = 0
	if err := app.Save(app.Settings()); err != nil {
		return err
	}
	n, err := fill(app, rows)
	if err != nil {
		return err
	}
	fmt.Printf("%d rows at http://%s\n", n, address)
	return apis.Serve(app, apis.ServeConfig{HttpAddr: address, ShowStartBanner: false})
}

// numbers are the columns that are no texts; tribes and languages stand between commas.
const numbers = " followers engagement_ppm median_views standing "

func fill(app core.App, path string) (n int, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	in := csv.NewReader(f)
	in.ReuseRecord = true
	names, err := in.Read()
	if err != nil {
		return 0, err
	}
	names = append([]string(nil), names...)
	c := core.NewBaseCollection("creators")
	c.ListRule = types.Pointer("")
	for _, name := range names {
		if strings.Contains(numbers, " "+name+" ") {
			c.Fields.Add(&core.NumberField{Name: name})
			c.AddIndex("by_"+name, false, "`"+name+"`", "")
		} else {
			c.Fields.Add(&core.TextField{Name: name})
		}
	}
	c.AddIndex("by_platform", false, "`platform`, `country`, `followers`", "")
	c.AddIndex("by_country", false, "`country`, `followers`", "")
	if err := app.Save(c); err != nil {
		return 0, err
	}
	places := make([]string, len(names))
	for i, name := range names {
		places[i] = "{:" + name + "}"
	}
	err = app.RunInTransaction(func(tx core.App) error {
		q := tx.DB().NewQuery("INSERT INTO creators (id, `" + strings.Join(names, "`, `") + "`) VALUES ({:id}, " + strings.Join(places, ", ") + ")").Prepare()
		defer q.Close() //nolint:errcheck // the transaction ends
		for {
			record, err := in.Read()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return err
			}
			n++
			params := dbx.Params{"id": fmt.Sprintf("%015d", n)}
			for i, name := range names {
				params[name] = record[i]
			}
			if _, err := q.Bind(params).Execute(); err != nil {
				return err
			}
		}
	})
	if err != nil {
		return n, err
	}
	_, err = app.DB().NewQuery("ANALYZE").Execute()
	return n, err
}
