package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"tribemarket/models/search/index"
)

var engineWeights = index.Weights{30, 25, 20, 10, 10, 5}

// measureEngine measures the search index by itself, on one core, over rows that are
// made up.
func measureEngine(rows, rounds int) error {
	begin := time.Now()
	b := index.NewBuilder(engineWeights)
	b.Grow(rows)
	eachRow(rows, b.Add)
	added := time.Since(begin)
	begin = time.Now()
	x := index.New(b.Build())
	fmt.Printf("%d rows of %d creators: made and added in %v, built in %v on %d cores\n",
		x.Rows(), x.Creators(), added.Round(time.Millisecond), time.Since(begin).Round(time.Millisecond), runtime.GOMAXPROCS(0))
	if err := engineMemory(x); err != nil {
		return err
	}
	runtime.GOMAXPROCS(1)
	m := newMarket()
	queries := make([]index.Query, 300)
	for i := range queries {
		queries[i] = m.makeQuery()
	}
	if err := engineQueries(x, newBareTable(rows), queries, rounds); err != nil {
		return err
	}
	enginePages(x)
	return nil
}

// engineMemory compares what the program holds with what the index says that
// its columns, bitmaps, orders and terms take.
func engineMemory(x *index.Index) error {
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	status, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return err
	}
	pages, err := strconv.ParseFloat(strings.Fields(string(status))[1], 64)
	if err != nil {
		return err
	}
	const mega = 1 << 20
	held, raw := pages*float64(os.Getpagesize())/mega, float64(x.Bytes())/mega
	fmt.Printf("columns, bitmaps, orders and terms %.0f MB, heap %.0f MB, held %.0f MB\n", raw, float64(m.HeapAlloc)/mega, held)
	printMeasure("engine, memory less 100 MB", (held-100)/raw, 3, true)
	return nil
}

// engineQueries asks each query in turn of the index and, knowing its hits, of
// the bare loop. A query took the median of its rounds.
func engineQueries(x *index.Index, bare *bareTable, queries []index.Query, rounds int) error {
	ours, limit := make([]time.Duration, rounds), make([]time.Duration, rounds)
	var took, bareTimes []float64
	for i := range queries {
		hits := bare.matchRows(&queries[i])
		var each, eachBare []float64
		for round := range rounds {
			var a index.Answer
			bareTook := processorTime(func() { bare.countHits(hits) })
			oursTook := processorTime(func() { a = x.Search(queries[i]) })
			if n := bare.countCreators(hits.all); int(a.Total) != n {
				return fmt.Errorf("query %d: %d creators, the bare rows say %d", i, a.Total, n)
			}
			ours[round], limit[round] = ours[round]+oursTook, limit[round]+bareTook
			each, eachBare = append(each, oursTook.Seconds()*1000), append(eachBare, bareTook.Seconds()*1000)
		}
		took, bareTimes = append(took, median(each)), append(bareTimes, median(eachBare))
	}
	slices.Sort(took)
	slices.Sort(bareTimes)
	goal := 5.0
	if bare.n > 1_000_000 {
		goal = 50
	}
	var speed []float64
	for round := range ours {
		speed = append(speed, limit[round].Seconds()/ours[round].Seconds())
	}
	fmt.Printf("%d queries of three filters, facets and page, processor time: p50 %.2f ms, p90 %.2f ms, longest %.2f ms; the bare loop's p50 %.2f ms, p90 %.2f ms, p99 %.2f ms\n",
		len(took), took[len(took)/2], took[len(took)*9/10], took[len(took)-1], bareTimes[len(took)/2], bareTimes[len(took)*9/10], bareTimes[len(took)*99/100])
	printMeasure("engine, p99 in ms", took[len(took)*99/100], goal, true)
	printMeasure("engine, bare loop ÷ ours", median(speed), 0.5, false)
	return nil
}

// enginePages compares page 1,000 with page 1, each with its facets, of large and
// of small filters.
func enginePages(x *index.Index) {
	for by, name := range map[index.Sort]string{index.ByRelevance: "relevance", index.ByFollowers: "followers", index.ByGrowth: "growth", index.ByPrice: "price"} {
		for _, filtered := range []bool{false, true} {
			q := index.Query{Size: 24, Facets: opened, Sort: by, Currency: "EUR", Descending: true, Weights: engineWeights}
			what := ""
			if filtered {
				what = ", filtered"
				q.Values[index.Country].Values = []string{"country05"}
				q.Values[index.Language].Values = []string{"language01"}
			}
			deep := q
			for range 999 {
				a := x.Search(deep)
				if !a.More {
					break
				}
				last := a.Hits[len(a.Hits)-1].Place
				deep.After = &last
			}
			var ratio []float64
			for range 9 {
				first, last := pageTime(x, q), pageTime(x, deep)
				ratio = append(ratio, last.Seconds()/first.Seconds())
			}
			printMeasure("engine, page 1,000 ÷ 1, "+name+what, median(ratio), 1.2, true)
		}
	}
}

func pageTime(x *index.Index, q index.Query) time.Duration {
	return processorTime(func() {
		for range 10 {
			x.Search(q)
		}
	})
}

// processorTime is how long the processor worked for the program, which what
// else runs on the machine doesn't lengthen as it does the time on the wall.
func processorTime(do func()) time.Duration {
	begin := processorUsage()
	do()
	return processorUsage() - begin
}

func processorUsage() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
