package main

import (
	"context"
	"math"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/value"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb"
)

const blockDuration = 2 * time.Hour

// openStorage opens Prometheus' storage. Nothing is written ahead, since nothing has to outlive the process, and
// nothing is compacted behind our back: the server does both by the wall clock.
func openStorage(folder string) (*tsdb.DB, error) {
	options := tsdb.DefaultOptions()
	options.WALSegmentSize = -1
	options.RetentionDuration = math.MaxInt64
	options.MinBlockDuration = blockDuration.Milliseconds()
	db, err := tsdb.Open(folder, nil, nil, options, nil)
	if err != nil {
		return nil, err
	}
	db.DisableCompactions()
	return db, nil
}

// A series of a target and what it would say if it was scraped now.
type series struct {
	labels labels.Labels
	ref    storage.SeriesRef
	value  float64
	// Whether anything was said of it yet: before, the process does not expose it.
	born bool
}

var stale = math.Float64frombits(value.StaleNaN)

// appendAll stores one sample of each series that there is, or the mark that ends it.
func appendAll(ctx context.Context, db storage.AppendableV2, all []*series, at int64, isGone bool) error {
	appender := db.AppenderV2(ctx)
	for _, one := range all {
		if !one.born {
			continue
		}
		sample := one.value
		if isGone {
			sample = stale
		}
		ref, err := appender.Append(one.ref, one.labels, 0, at, sample, nil, nil, storage.AppendV2Options{})
		if err != nil {
			return err
		}
		one.ref = ref
	}
	return appender.Commit()
}
