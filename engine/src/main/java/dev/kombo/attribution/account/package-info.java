/**
 * What each experiment, arm and bundle has earned so far: sums of outcomes by window of time.
 */
package dev.kombo.attribution.account;
