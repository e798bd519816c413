/** The framework of the quality evaluation: what a protocol is, and how one runs over several seeds. */
package dev.kombo.lab.quality.protocol;
