# What pint need not say, and why. It is run offline, and with a Prometheus that has seen the demo's brownout.
checks {
  disabled = [
    # Mimir takes no more than 20 rules in a group, so rules read what other groups record; they are one evaluation behind.
    "rule/dependency",
  ]
}

rule {
  match {
    name = "service:otel_metric_overflow:count"
  }
  # OpenTelemetry's SDK folds metrics of every name alike; only ours and the conventions' are counted. Where nothing is
  # folded there is no such series.
  disable = ["promql/regexp", "promql/series"]
}

rule {
  match {
    kind = "alerting"
  }
  # Both sides of the shares are read from one recorded series, whose samples are all of one evaluation: a restart takes both
  # or none. What a count of bad calls has to reach stands where `for` would.
  disable = ["promql/fragile"]
}

check "promql/series" {
  # The brownout that it looks at lasts a minute and a half: steps of five minutes, which is usual, may miss its end.
  lookbackRange = "1h"
  lookbackStep  = "5s"
  ignoreMetrics = [
    # Who has one spelling of the conventions has none of the others.
    "gen_ai_.+",
    # A service without faults of the instrumentation has no series of them.
    "brownout_self_.+",
  ]
}
