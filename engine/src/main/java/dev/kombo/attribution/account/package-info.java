/** The arithmetic of reports: sums the outcomes of each experiment, arm and bundle per window of time. */
package dev.kombo.attribution.account;
