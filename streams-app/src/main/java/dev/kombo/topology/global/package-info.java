/**
 * What every instance reads whole: catalogue, models and the active strategy, from which all its threads rank. {@link
 * dev.kombo.topology.global.LiveModels} is written by the global thread.
 */
package dev.kombo.topology.global;
