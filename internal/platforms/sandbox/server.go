package sandbox

import (
	"context"
	"net"
	"net/http"
	"time"
)

// Server is a sandbox that listens on a free loopback port.
type Server struct {
	URL string // "http://127.0.0.1:PORT", without a slash at the end

	http           *http.Server
	cancelRequests context.CancelFunc
}

// Listen starts a server on a free loopback port.
func (s *Sandbox) Listen() (*Server, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	ctx, halt := context.WithCancel(context.Background())
	srv := &Server{URL: "http://" + l.Addr().String(), cancelRequests: halt, http: &http.Server{
		Handler: s, ReadHeaderTimeout: 5 * time.Second, IdleTimeout: time.Minute,
		BaseContext: func(net.Listener) context.Context { return ctx },
	}}
	go func() { _ = srv.http.Serve(l) }() // ends with Stop
	return srv, nil
}

// Stop waits for pending responses, but cuts slow ones short.
func (s *Server) Stop(ctx context.Context) error {
	s.cancelRequests()
	if err := s.http.Shutdown(ctx); err != nil {
		return s.http.Close()
	}
	return nil
}
