/** Public data sets in compact form, read and checked for the quality evaluation. */
package dev.kombo.lab.quality.data;
