package instance

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httputil"
	"sync/atomic"
	"time"
)

// Proxy stands before the nodes of a site as a reverse proxy does: it asks the ready nodes
// in turn, and the next one if a node takes no connection or, for reading, has hung up.
type Proxy struct {
	URL string

	listener net.Listener
	ready    atomic.Pointer[[]*Node]
	turn     atomic.Int64
	closed   chan struct{}
}

// StartProxy listens on a free port until Close.
func StartProxy() (*Proxy, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &Proxy{URL: "http://" + ln.Addr().String(), listener: ln, closed: make(chan struct{})}
	// Each request has a connection of its own, which no node closes as idle.
	one := &http.Transport{DisableKeepAlives: true}
	handler := &httputil.ReverseProxy{
		Rewrite:      func(r *httputil.ProxyRequest) { r.Out.Host = r.In.Host; r.SetXForwarded() },
		Transport:    nextNode{p, one},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	}
	go func() { _ = http.Serve(ln, handler) }()
	return p, nil
}

// Serve chooses between the nodes, and keeps asking which of them are ready.
func (p *Proxy) Serve(nodes []*Node) {
	p.chooseReady(nodes)
	go func() {
		for {
			select {
			case <-p.closed:
				return
			case <-time.After(100 * time.Millisecond):
				p.chooseReady(nodes)
			}
		}
	}()
}

func (p *Proxy) chooseReady(nodes []*Node) {
	var ready []*Node
	for _, n := range nodes {
		if n.Probe() == http.StatusOK {
			ready = append(ready, n)
		}
	}
	p.ready.Store(&ready)
}

// WaitForReady waits until the proxy uses so many nodes.
func (p *Proxy) WaitForReady(nodes int) {
	for len(*p.ready.Load()) != nodes {
		time.Sleep(20 * time.Millisecond)
	}
}

// Close stops listening.
func (p *Proxy) Close() error { close(p.closed); return p.listener.Close() }

type nextNode struct {
	proxy *Proxy
	http.RoundTripper
}

// RoundTrip is part of http.RoundTripper.
func (n nextNode) RoundTrip(r *http.Request) (res *http.Response, err error) {
	first, nodes := int(n.proxy.turn.Add(1)), *n.proxy.ready.Load()
	err = errors.New("no node is ready")
	for i := range nodes {
		out := r.Clone(r.Context())
		out.URL.Scheme, out.URL.Host = "http", nodes[(first+i)%len(nodes)].address
		res, err = n.RoundTripper.RoundTrip(out)
		var dialing *net.OpError
		refused := errors.As(err, &dialing) && dialing.Op == "dial"
		if err == nil || errors.Is(err, context.Canceled) || !refused && r.Method != http.MethodGet {
			break
		}
	}
	return res, err
}
