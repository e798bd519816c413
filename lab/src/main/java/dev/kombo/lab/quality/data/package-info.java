/** Public data sets in compact form, for the quality evaluation. */
package dev.kombo.lab.quality.data;
