/**
 * Tools that production never ships: embedded broker and registry, simulated shop, replays, evaluation and benchmarks.
 */
package dev.kombo.lab;
