/**
 * The lab: commands that show, measure and check Kombo and are never shipped to production. This package itself has
 * only what several others use: files of JSON, and the progress of long work.
 */
package dev.kombo.lab;
