#!/bin/sh
# Writes the alert rules as a resource: the rules are kept in docker/prometheus, where promtool tests them.
set -eu
cd "$(dirname "$0")"
{
    cat <<'HEAD'
# Written by k8s/rules.sh from docker/prometheus/rules.yml; changes made by hand are lost.
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: kombo
spec:
HEAD
    grep -v '^#' ../docker/prometheus/rules.yml | sed 's/^\(.\)/  \1/'
} >"${1:-base/prometheus-rule.yaml}"
