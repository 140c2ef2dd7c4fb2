package main

import (
	"container/heap"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/tsdb"
)

// line is one line of the input. Lines come in the order of their times; each holds one of the following.
type line struct {
	// Milliseconds since 1970: what the line says happens then. All that was due before is done first.
	At int64 `json:"at"`
	// A process appears and is scraped from At on.
	Target *struct {
		ID    int   `json:"id"`
		Every int64 `json:"every"`
	} `json:"target"`
	// A process is gone: its series end, as after a scrape that failed.
	Gone *int `json:"gone"`
	// Series of a target, numbered in the order in which they come.
	Series *struct {
		Target int               `json:"target"`
		Labels map[string]string `json:"labels"`
	} `json:"series"`
	// Pairs of a series and by how much it grows.
	Add []float64 `json:"add"`
	// Pairs of a series and what it is now.
	Set []float64 `json:"set"`
}

type target struct {
	every  int64
	next   int64
	isGone bool
	series []*series
}

// replay moves Prometheus' clock along the input.
type replay struct {
	ctx       context.Context
	db        *tsdb.DB
	rules     *ruleSet
	targets   map[int]*target
	scrapes   scrapeQueue
	series    []*series
	compactAt int64
}

func newReplay(ctx context.Context, db *tsdb.DB, rules *ruleSet) *replay {
	return &replay{ctx: ctx, db: db, rules: rules, targets: map[int]*target{}}
}

func (r *replay) take(text []byte) error {
	var in line
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	if in.Series != nil {
		owner, known := r.targets[in.Series.Target]
		if !known {
			return fmt.Errorf("a series of target %d, which there is not", in.Series.Target)
		}
		one := &series{labels: labels.FromMap(in.Series.Labels)}
		owner.series = append(owner.series, one)
		r.series = append(r.series, one)
		return nil
	}
	if err := r.advance(in.At); err != nil {
		return err
	}
	switch {
	case in.Target != nil:
		one := &target{every: in.Target.Every, next: in.At}
		r.targets[in.Target.ID] = one
		heap.Push(&r.scrapes, one)
	case in.Gone != nil:
		gone := r.targets[*in.Gone]
		gone.isGone = true
		return appendAll(r.ctx, r.db, gone.series, max(in.At, gone.next-gone.every+1), true)
	}
	if err := r.change(in.Add, func(one *series, value float64) { one.value += value }); err != nil {
		return err
	}
	return r.change(in.Set, func(one *series, value float64) { one.value = value })
}

func (r *replay) change(pairs []float64, change func(one *series, value float64)) error {
	for i := 0; i+1 < len(pairs); i += 2 {
		id := int(pairs[i])
		if id < 0 || id >= len(r.series) {
			return fmt.Errorf("there is no series %d", id)
		}
		change(r.series[id], pairs[i+1])
		r.series[id].born = true
	}
	return nil
}

// advance scrapes and evaluates all that is due up to a moment; of what is due at once, scrapes come first.
func (r *replay) advance(to int64) error {
	if !r.rules.started {
		r.rules.start(time.UnixMilli(to))
		r.compactAt = to + blockDuration.Milliseconds()
	}
	for {
		next := r.scrapes.dueBefore(to)
		limit := to
		if next != nil {
			limit = next.next - 1
		}
		if due := r.rules.dueBefore(time.UnixMilli(limit)); due != nil {
			if err := r.rules.evaluate(r.ctx, due); err != nil {
				return err
			}
			continue
		}
		if next == nil {
			return r.compact(to)
		}
		if next.isGone {
			heap.Pop(&r.scrapes)
			continue
		}
		if err := appendAll(r.ctx, r.db, next.series, next.next, false); err != nil {
			return err
		}
		next.next += next.every
		heap.Fix(&r.scrapes, 0)
	}
}

// scrapeQueue has the targets in the order of their next scrapes.
type scrapeQueue []*target

func (q scrapeQueue) Len() int           { return len(q) }
func (q scrapeQueue) Less(a, b int) bool { return q[a].next < q[b].next }
func (q scrapeQueue) Swap(a, b int)      { q[a], q[b] = q[b], q[a] }
func (q *scrapeQueue) Push(one any)      { *q = append(*q, one.(*target)) }
func (q *scrapeQueue) Pop() any {
	last := len(*q) - 1
	one := (*q)[last]
	*q = (*q)[:last]
	return one
}

func (q scrapeQueue) dueBefore(at int64) *target {
	if len(q) == 0 || q[0].next > at {
		return nil
	}
	return q[0]
}

// compact does what the server does every now and then, so that days fit into memory.
func (r *replay) compact(at int64) error {
	if at < r.compactAt {
		return nil
	}
	r.compactAt = at + blockDuration.Milliseconds()
	return r.db.Compact(r.ctx)
}
