/** Evaluates a data set on a running service: real topology, real topics, one or several instances. */
package dev.kombo.lab.quality.live;
