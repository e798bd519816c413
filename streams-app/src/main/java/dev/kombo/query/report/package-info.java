/** What offers earned: reports of experiments, arms and bundles, and the strategy that decides who gets which. */
package dev.kombo.query.report;
