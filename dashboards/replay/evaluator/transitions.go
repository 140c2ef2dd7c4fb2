package main

import (
	"bufio"
	"encoding/json"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/rules"
)

// transition is one line of the output: an alert that is in another state than at the evaluation before.
type transition struct {
	// Milliseconds since 1970.
	At int64 `json:"at"`
	// pending, firing, or inactive.
	State  string            `json:"state"`
	Labels map[string]string `json:"labels"`
}

// transitions writes down what changed in the alerts of each rule. A pending alert that goes away again is forgotten by the
// server at once, and no line tells of it.
type transitions struct {
	encoder *json.Encoder
	last    map[*rules.AlertingRule]map[uint64]rules.AlertState
}

func newTransitions(output *bufio.Writer) *transitions {
	return &transitions{json.NewEncoder(output), map[*rules.AlertingRule]map[uint64]rules.AlertState{}}
}

func (t *transitions) observe(rule *rules.AlertingRule, at time.Time) error {
	last := t.last[rule]
	now := map[uint64]rules.AlertState{}
	var failed error
	tell := func(state rules.AlertState, of labels.Labels) {
		if err := t.encoder.Encode(transition{at.UnixMilli(), state.String(), of.Map()}); err != nil {
			failed = err
		}
	}
	rule.ForEachActiveAlert(func(alert *rules.Alert) {
		key := alert.Labels.Hash()
		now[key] = alert.State
		if before, known := last[key]; (known || alert.State != rules.StateInactive) && before != alert.State {
			tell(alert.State, alert.Labels)
		}
	})
	t.last[rule] = now
	return failed
}
