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
  # Not everything that can go wrong goes wrong in a minute and a half. Values come from the registry of signals.
  ignoreLabelsValue = {
    "breaker:brownout_breaker_state_ratio:max"            = ["brownout_breaker_state"]
    "breaker:brownout_breaker_transitions:rate5m"         = ["brownout_breaker_state"]
    "call:brownout_attempt_duration_seconds_count:rate5m" = ["brownout_attempt_kind"]
    "call:brownout_budget_breaches:rate5m"                = ["brownout_budget"]
    "call:brownout_calls:rate5m"                          = ["brownout_fault", "brownout_reason"]
    "call:brownout_fallbacks:rate5m"                      = ["brownout_verdict"]
    "call:brownout_output_anomalies:rate5m"               = ["brownout_anomaly"]
    "provider_service:brownout_calls:rate5m"              = ["brownout_fault"]
    "task:brownout_tasks:rate5m"                          = ["brownout_task_degraded", "brownout_task_outcome"]
  }
}
