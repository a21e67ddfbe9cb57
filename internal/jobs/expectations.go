package jobs

import (
	"cmp"

	"github.com/riverqueue/river"

	"tribemarket/models/moderation"
)

// registry is River's, and keeps when the jobs of each kind should run.
type registry struct {
	*river.Workers
	expectations []moderation.JobExpectation
}

// Expectations says when the jobs of each kind should run.
func Expectations() []moderation.JobExpectation { return new(Jobs).register().expectations }

func (r *registry) expect(args river.JobArgs) {
	queue := river.QueueDefault
	if a, ok := args.(river.JobArgsWithInsertOpts); ok {
		queue = cmp.Or(a.InsertOpts().Queue, queue)
	}
	e := moderation.JobExpectation{Kind: args.Kind(), Patience: queues[queue].patience}
	for _, p := range periodicRuns {
		if p.args.Kind() == e.Kind {
			e.Every = p.every
		}
	}
	r.expectations = append(r.expectations, e)
}

// markEarlier says of the kind registered last that only earlier versions enqueued it.
func (r *registry) markEarlier() { r.expectations[len(r.expectations)-1].Earlier = true }
