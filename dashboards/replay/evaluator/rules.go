package main

import (
	"context"
	"path/filepath"
	"slices"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/common/promslog"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/rules"
	"github.com/prometheus/prometheus/tsdb"
)

// What the server's flags say by default.
const (
	lookback   = 5 * time.Minute
	timeout    = 2 * time.Minute
	maxSamples = 50_000_000
)

// A rule group and the next moment at which the server would evaluate it.
type scheduledGroup struct {
	group *rules.Group
	next  time.Time
}

type ruleSet struct {
	groups      []*scheduledGroup
	transitions *transitions
	started     bool
}

func loadRules(ctx context.Context, db *tsdb.DB, installed string, files []string, out *transitions) (*ruleSet, error) {
	promqlParser := parser.NewParser(parser.Options{})
	engine := promql.NewEngine(promql.EngineOpts{
		MaxSamples:           maxSamples,
		Timeout:              timeout,
		LookbackDelta:        lookback,
		EnableAtModifier:     true,
		EnableNegativeOffset: true,
		Parser:               promqlParser,
	})
	loader := &installedLoader{parser: promqlParser, paths: map[string]string{}}
	names := make([]string, 0, len(files))
	for _, path := range files {
		name := path
		if installed != "" {
			name = filepath.Join(installed, filepath.Base(path))
		}
		loader.paths[name] = path
		names = append(names, name)
	}
	manager := rules.NewManager(&rules.ManagerOptions{
		AppendableV2: db,
		Queryable:    db,
		QueryFunc:    rules.EngineQueryFunc(engine, db),
		NotifyFunc:   func(context.Context, string, ...*rules.Alert) {},
		Context:      ctx,
		Logger:       promslog.NewNopLogger(),
		GroupLoader:  loader,
		Parser:       promqlParser,
	})
	loaded, errs := manager.LoadGroups(time.Minute, labels.EmptyLabels(), "", nil, false, names...)
	if len(errs) > 0 {
		return nil, errs[0]
	}
	set := &ruleSet{transitions: out}
	for _, group := range loaded {
		set.groups = append(set.groups, &scheduledGroup{group: group})
	}
	return set, nil
}

// installedLoader reads rule files from where they are and lets them be called as they would be where they are installed.
type installedLoader struct {
	parser parser.Parser
	paths  map[string]string
}

func (l *installedLoader) Load(name string, ignoreUnknown bool, scheme model.ValidationScheme) (*rulefmt.RuleGroups, []error) {
	return rulefmt.ParseFile(l.paths[name], ignoreUnknown, scheme, l.parser, promslog.NewNopLogger())
}

func (l *installedLoader) Parse(query string) (parser.Expr, error) { return l.parser.ParseExpr(query) }

// start puts every group where the server would: at the slot of its interval that comes from its name and file.
func (s *ruleSet) start(at time.Time) {
	for _, one := range s.groups {
		one.next = one.group.EvalTimestamp(at.UnixNano()).Add(one.group.Interval())
	}
	s.started = true
	s.sort()
}

// dueBefore is the next group that is evaluated before a moment, or nil.
func (s *ruleSet) dueBefore(at time.Time) *scheduledGroup {
	if s.groups[0].next.After(at) {
		return nil
	}
	return s.groups[0]
}

func (s *ruleSet) evaluate(ctx context.Context, due *scheduledGroup) error {
	due.group.Eval(ctx, due.next)
	for _, rule := range due.group.Rules() {
		if err := rule.LastError(); err != nil {
			return err
		}
		if alerting, ok := rule.(*rules.AlertingRule); ok {
			if err := s.transitions.observe(alerting, due.next); err != nil {
				return err
			}
		}
	}
	due.next = due.next.Add(due.group.Interval())
	s.sort()
	return nil
}

func (s *ruleSet) sort() {
	slices.SortFunc(s.groups, func(a, b *scheduledGroup) int {
		if order := a.next.Compare(b.next); order != 0 {
			return order
		}
		return slices.Compare([]string{a.group.File(), a.group.Name()}, []string{b.group.File(), b.group.Name()})
	})
}
