/** The evaluation on Youshu, a public data set of bundles: all bundles are ranked for every user. */
package dev.kombo.lab.quality.youshu;
