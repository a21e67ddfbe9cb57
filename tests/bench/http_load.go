package main

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// connections is how many requests are under way at once.
const connections = 16

// requestInTurn asks base for the paths in turn, over kept connections, for a while. It
// gives requests per second and the 99th percentile, and fails on any answer
// that is not 200: a round with an error is void.
func requestInTurn(base string, paths []string, long time.Duration) (perSecond float64, p99 time.Duration, err error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, DisableCompression: true}}
	defer client.CloseIdleConnections()
	var next atomic.Int64
	var mu sync.Mutex
	var took []time.Duration
	var wg sync.WaitGroup
	start := time.Now()
	for range connections {
		wg.Go(func() {
			var own []time.Duration
			for time.Since(start) < long {
				begin := time.Now()
				e := fetchPage(client, base+paths[int(next.Add(1))%len(paths)])
				own = append(own, time.Since(begin))
				if e != nil {
					mu.Lock()
					err = e
					mu.Unlock()
					return
				}
			}
			mu.Lock()
			took = append(took, own...)
			mu.Unlock()
		})
	}
	wg.Wait()
	if err != nil || len(took) == 0 {
		return 0, 0, fmt.Errorf("the round is void: %w", err)
	}
	slices.Sort(took)
	return float64(len(took)) / time.Since(start).Seconds(), took[len(took)*99/100], nil
}

func fetchPage(client *http.Client, address string) error {
	res, err := client.Get(address)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %d", address, res.StatusCode)
	}
	_, err = io.Copy(io.Discard, res.Body)
	return err
}
