// Command replay-evaluator evaluates rule files over a recorded or made-up past as a Prometheus server would have done,
// without waiting for it: Prometheus' own storage, query engine and rule groups, on a clock that the input moves.
//
// It reads one JSON document a line (see input.go) and writes one for each change of an alert (see transitions.go).
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace/noop"
)

func main() {
	installed := flag.String("installed", "", "folder in which the rule files are said to lie: groups are evaluated at moments that Prometheus derives from it")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: replay-evaluator [-installed folder] rules.yaml... < input.jsonl > transitions.jsonl")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*installed, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "replay-evaluator:", err)
		os.Exit(1)
	}
}

// Nobody reads spans here, and they would be a tenth of the work.
func init() { otel.SetTracerProvider(noop.NewTracerProvider()) }

func run(installed string, ruleFiles []string) error {
	ctx := context.Background()
	folder, err := os.MkdirTemp("", "brownout-replay-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	db, err := openStorage(folder)
	if err != nil {
		return err
	}
	defer db.Close()

	output := bufio.NewWriter(os.Stdout)
	defer output.Flush()
	rules, err := loadRules(ctx, db, installed, ruleFiles, newTransitions(output))
	if err != nil {
		return err
	}
	replay := newReplay(ctx, db, rules)
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(make([]byte, 1<<20), 1<<28)
	for line := 1; input.Scan(); line++ {
		if err := replay.take(input.Bytes()); err != nil {
			return fmt.Errorf("line %d of the input: %w", line, err)
		}
	}
	return input.Err()
}
