/** How a data set is evaluated: what a protocol is, which ones there are, and how one runs over several seeds. */
package dev.kombo.lab.quality.protocol;
