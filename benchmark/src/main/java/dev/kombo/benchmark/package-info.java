/** What the pure packages cost, measured with JMH. */
package dev.kombo.benchmark;
