/** The service's learning, run in one process over maps instead of stores and topics, for the quality evaluation. */
package dev.kombo.lab.quality.engine;
