/**
 * Global state that every instance reads completely: catalogue, models and the active strategy, which all its threads
 * rank with. {@link dev.kombo.topology.global.LiveModels} is written by the global thread.
 */
package dev.kombo.topology.global;
