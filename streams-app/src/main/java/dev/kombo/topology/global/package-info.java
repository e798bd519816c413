/**
 * What every instance holds in memory completely, fed by the global topics: catalogue, models of items and bundles,
 * rankers, the active strategy and mined bundles. All threads rank with {@link dev.kombo.engine.model.LiveModels},
 * which the global thread writes.
 */
package dev.kombo.topology.global;
